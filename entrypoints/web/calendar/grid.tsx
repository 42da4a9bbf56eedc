/** The calendar itself, drawn by FullCalendar. */
import '@fullcalendar/react/skeleton.css';
import '@fullcalendar/react/themes/breezy/theme.css';
import './palette.css';
import { Calendar, type CalendarController, type EventDisplayInfo, type EventInput } from '@fullcalendar/react';
import dayGrid from '@fullcalendar/react/daygrid';
import interaction from '@fullcalendar/react/interaction';
import list from '@fullcalendar/react/list';
import sl from '@fullcalendar/react/locales/sl';
import breezy from '@fullcalendar/react/themes/breezy';
import timeGrid from '@fullcalendar/react/timegrid';
import { useComputedColorScheme } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useState } from 'react';
import type { Range } from '../api/queries';
import type { Consultant, Session } from '../api/types';
import { useMeetingWords } from '../session/meeting';
import { shifted, todayIn } from '../session/times';
import { firstDayOfWeek } from '../words/locale';
import { nowText } from '../words/now';
import { useWords } from '../words/use-words';
import classes from './calendar.module.css';
import { consultantColumns, type InColumn } from './consultant-columns';
import { ConsultantHeader } from './consultant-header';
import { EventContent } from './event-content';
import { dayWidth, MOST_LANES, mostAtOnce, SLIMMEST } from './lanes';
import { toneOf } from './tones';
import type { useCalendarState, View } from './use-calendar-state';
import type { Move } from './use-moving';
import { type Cursor, useSlotCursor } from './use-slot-cursor';

const PLUGINS = [timeGrid, dayGrid, list, interaction, breezy, consultantColumns as never];
const LOCALES = [sl];
const TIME = { hour: '2-digit', minute: '2-digit' } as const;
const MONTH = { month: 'long', year: 'numeric' } as const;
const DAYS = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const SHORT_DAYS = { day: 'numeric', month: 'short' } as const;
const DAY_HEADER = { weekday: 'short', day: 'numeric' } as const;
const VIEWS = { workWeek: { type: 'timeGrid', duration: { weeks: 1 }, hiddenDays: [0, 6] } };
const COLUMNS = { timeGridDay: 'consultantDay', workWeek: 'consultantWeek' } as const;
const CURSOR = 'cursor';
const FRAMES = 4;
const SHORTEST = 30; // minutes: what one click selects
const USUAL = 50;

/** Pixels: half an hour, and the least height of a session, which has to be hit. */
const ROOMY = { slot: 48, least: 24, column: 150 };
const FOR_THUMBS = { slot: 60, least: 44, column: 132 };

interface Drawing {
  controller: CalendarController;
  state: ReturnType<typeof useCalendarState>;
  sessions: Session[];
  /** All of them, in the order of their colours. */
  consultants: Consultant[];
  /** Those with a column of their own where there are columns. */
  columns: Consultant[];
  pending: Move | null;
  range: Range;
  /** Whether it is known what lies in the first range, or that nobody can tell. */
  answered: boolean;
  onShown: (range: Range, title: string) => void;
  onOpen: (id: string, element: Element | null) => void;
  onSelect: (slot: Cursor) => void;
  onMove: (move: Move) => Promise<boolean>;
  onBeginMoving: (session: Session) => void;
  /** What lies over the days. */
  children: ReactNode;
}

export function Grid(drawing: Drawing) {
  const { controller, state, sessions, consultants, columns, pending, range, answered } = drawing;
  const { onShown, onOpen, onSelect, onMove, onBeginMoving } = drawing;
  const { t, language, locale } = useWords();
  const meetingWords = useMeetingWords();
  const scheme = useComputedColorScheme('light');
  const inColumns = hasColumns(state.view, columns);
  const drawn = inColumns ? COLUMNS[state.view as keyof typeof COLUMNS] : state.view;
  const [first] = useState(drawn);
  const [firstDate] = useState(state.date ?? todayIn(state.zone));
  useEffect(() => controller.changeView(drawn), [controller, drawn]);
  const heads = useMemo(
    () =>
      columns.map((one) => ({
        id: one.id,
        header: <ConsultantHeader consultant={one} tone={toneOf(consultants, one.id)} />,
      })),
    [columns, consultants],
  );
  const sizes = state.narrow ? FOR_THUMBS : ROOMY;
  const shortest = (sizes.least * 30) / sizes.slot; // minutes: for how long the shortest session stands there
  const crowded = !inColumns && mostAtOnce(sessions, shortest) > MOST_LANES;
  const width = inColumns ? sizes.column : state.view === 'dayGridMonth' ? SLIMMEST : dayWidth(sessions, shortest);

  const settled = useSettled(answered);
  const slot = useSlotCursor({
    zone: state.zone,
    shownFrom: range.start,
    shownUntil: range.until,
    columns: inColumns ? columns : [],
    oneDay: state.view === 'timeGridDay',
    onChoose: onSelect,
    onTurn: (direction) => (direction > 0 ? controller.next() : controller.prev()),
  });
  const byId = new Map(sessions.map((one) => [one.id, one]));
  const events: EventInput[] = sessions.map((one) => eventOf(one, pending));
  if (slot.cursor)
    events.push({
      id: CURSOR,
      start: slot.cursor.start,
      end: slot.cursor.end,
      title: t('calendar.free_slot'),
      editable: false,
      interactive: false,
      extendedProps: { consultantId: slot.cursor.consultant ?? '' },
    });

  const draw = (info: EventDisplayInfo) => {
    const session = byId.get(info.event.id);
    if (!session) return <div className={classes.cursor}>{info.timeText}</div>;
    return (
      <EventContent
        session={session}
        time={info.timeText}
        title={session.title || t('form.untitled')}
        whose={columns.length > 1 && !inColumns}
        meeting={meetingWords(session)}
        inPerson={t('form.in_person')}
        cancelled={t('sessions.cancelled')}
        view={info.view.type}
      />
    );
  };
  const move = async (event: EventDisplayInfo['event'], revert: () => void) => {
    const session = byId.get(event.id);
    if (!session || !event.start || !event.end) return revert();
    const { consultantId } = event.extendedProps as InColumn;
    const wanted = { session, start: event.start.toISOString(), end: event.end.toISOString(), consultantId };
    if (!(await onMove(wanted))) revert();
  };
  const select = (start: Date, end: Date, where: InColumn) => {
    const minutes = (end.getTime() - start.getTime()) / 60_000;
    const until = minutes <= SHORTEST ? shifted(start.toISOString(), USUAL) : end.toISOString();
    onSelect({ start: start.toISOString(), end: until, consultant: where.consultantId });
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const id = (event.target as HTMLElement).closest<HTMLElement>('[data-session]')?.dataset.session;
    const session = id && byId.get(id);
    if (!session || event.key.toLowerCase() !== 'm' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (session.status === 'planned') onBeginMoving(session);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the sessions inside, which are buttons
    <div className={classes.grid} data-settled={settled || undefined} onKeyDown={press} data-view={drawn}>
      <div
        className={classes.picker}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes arrow keys
        tabIndex={0}
        role="application"
        aria-label={t('calendar.picker')}
        aria-describedby="picker-keys"
        {...slot.handlers}
      >
        <span id="picker-keys">{t('calendar.picker_keys')}</span>
      </div>
      <Calendar
        plugins={PLUGINS}
        controller={controller}
        initialView={first}
        initialDate={firstDate}
        views={VIEWS}
        {...{ columns: heads }}
        locales={LOCALES}
        locale={language === 'sl' ? 'sl' : locale}
        timedText={t('calendar.hours')}
        eventsHint={t('calendar.sessions')}
        closeHint={t('shell.close')}
        moreLinkText={(count) => t('calendar.more', { count })}
        moreLinkHint={(count) => t('calendar.more_hint', { count })}
        timeZone={state.zone}
        colorScheme={scheme}
        height="100%"
        borderless
        headerToolbar={false}
        firstDay={firstDayOfWeek(locale)}
        nowIndicator
        now={nowText}
        allDaySlot={false}
        scrollTime="07:30:00"
        slotDuration="00:30:00"
        slotMinHeight={sizes.slot}
        snapDuration="00:15:00"
        slotEventOverlap={false}
        eventMinHeight={sizes.least}
        eventShortHeight={0}
        eventMaxStack={inColumns ? undefined : MOST_LANES}
        dayMinWidth={width}
        dayNarrowWidth={60}
        dayHeaderFormat={state.view === 'dayGridMonth' ? { weekday: 'short' } : DAY_HEADER}
        dayMaxEvents={state.narrow ? 3 : true}
        dayLaneInnerClass={crowded ? 'beside-more' : ''}
        selectable
        selectMirror
        unselectAuto
        selectLongPressDelay={400}
        eventLongPressDelay={400}
        select={(info) => select(info.start, info.end, info as InColumn)}
        dateClick={(info) => {
          if (!isTouch(info.jsEvent)) return; // a mouse selects with a click
          select(info.date, new Date(info.date.getTime() + SHORTEST * 60_000), info as InColumn);
        }}
        editable
        eventInteractive
        eventResizableFromStart
        events={events}
        eventColor="var(--tone)"
        eventClass={(info) => eventClasses(info, byId, consultants, pending)}
        columnEventClass="column-event"
        columnEventInnerClass="column-event-inner"
        listItemEventClass="line-event"
        listItemEventInnerClass="line-event-inner"
        rowMoreLinkInnerClass="row-more"
        columnMoreLinkClass="column-more"
        popoverClass="more-list"
        listDaysClass="list-days"
        listDayClass="list-day"
        listDayHeaderClass="list-day-header"
        eventTimeFormat={TIME}
        slotHeaderFormat={TIME}
        titleFormat={state.view === 'dayGridMonth' ? MONTH : state.narrow ? SHORT_DAYS : DAYS}
        eventContent={draw}
        eventDidMount={(info) => {
          if (info.el) info.el.dataset.session = info.event.id;
        }}
        eventClick={(info) => {
          info.jsEvent.preventDefault();
          onOpen(info.event.id, (info.jsEvent.target as Element).closest('[data-session]'));
        }}
        eventDrop={(info) => void move(info.event, info.revert)}
        eventResize={(info) => void move(info.event, info.revert)}
        datesSet={(info) =>
          onShown({ start: info.start.toISOString(), until: info.end.toISOString() }, info.view.title)
        }
        noEventsText={t('calendar.no_sessions')}
      />
      {drawing.children}
    </div>
  );
}

/** Whether each consultant has a column of their own. */
export function hasColumns(view: View, columns: Consultant[]): boolean {
  return view in COLUMNS && columns.length > 1;
}

function isTouch(event: Event): boolean {
  return event.type.startsWith('touch') || (event as PointerEvent).pointerType === 'touch';
}

/** The grid measures itself in the first frames with its sessions, which widen the days; what jumps meanwhile is not
 * shown. */
function useSettled(answered: boolean): boolean {
  const [frames, setFrames] = useState(0);
  useEffect(() => {
    if (!answered || frames >= FRAMES) return;
    const frame = requestAnimationFrame(() => setFrames(frames + 1));
    return () => cancelAnimationFrame(frame);
  }, [answered, frames]);
  return frames >= FRAMES;
}

function eventOf(session: Session, pending: Move | null): EventInput {
  const moving = pending?.session.id === session.id ? pending : null;
  return {
    id: session.id,
    title: session.title,
    start: moving?.start ?? session.starts_at,
    end: moving?.end ?? session.ends_at,
    editable: session.status === 'planned',
    extendedProps: { consultantId: moving?.consultantId ?? session.consultant_id },
  };
}

function eventClasses(
  info: EventDisplayInfo,
  byId: Map<string, Session>,
  consultants: Consultant[],
  pending: Move | null,
) {
  const session = byId.get(info.event.id);
  if (!session) return info.event.id === CURSOR ? 'slot-cursor' : '';
  const moving = pending?.session.id === session.id ? 'is-moving' : '';
  const gone = session.status === 'cancelled' ? 'is-cancelled' : '';
  const lifted = info.isMirror ? 'is-lifted' : '';
  const { consultantId } = info.event.extendedProps as InColumn;
  return `${toneOf(consultants, consultantId ?? session.consultant_id)} ${moving} ${gone} ${lifted}`;
}
