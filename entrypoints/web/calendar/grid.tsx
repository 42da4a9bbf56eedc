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
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Range } from '../api/queries';
import type { Consultant, Session } from '../api/types';
import { useMeetingWords } from '../session/meeting';
import { shifted } from '../session/times';
import { nowText } from '../words/now';
import { useWords } from '../words/use-words';
import classes from './calendar.module.css';
import { EventContent } from './event-content';
import { toneOf } from './tones';
import type { useCalendarState } from './use-calendar-state';
import type { Move } from './use-moving';
import { type Cursor, useSlotCursor } from './use-slot-cursor';

const PLUGINS = [timeGrid, dayGrid, list, interaction, breezy];
const LOCALES = [sl];
const TIME = { hour: '2-digit', minute: '2-digit' } as const;
const MONTH = { month: 'long', year: 'numeric' } as const;
const DAYS = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const SHORT_DAYS = { day: 'numeric', month: 'short' } as const;
const CURSOR = 'cursor';
const SHORTEST = 30; // minutes: what one click selects
const USUAL = 50;

interface Drawing {
  controller: CalendarController;
  state: ReturnType<typeof useCalendarState>;
  sessions: Session[];
  consultants: Consultant[];
  pending: Move | null;
  range: Range;
  onShown: (range: Range, title: string) => void;
  onOpen: (id: string) => void;
  onSelect: (slot: Cursor) => void;
  onMove: (move: Move) => Promise<boolean>;
  onBeginMoving: (session: Session) => void;
  /** What lies over the days. */
  children: ReactNode;
}

export function Grid(drawing: Drawing) {
  const { controller, state, sessions, consultants, pending, range, onShown, onOpen, onSelect, onMove, onBeginMoving } =
    drawing;
  const { t, language, locale } = useWords();
  const meetingWords = useMeetingWords();
  const scheme = useComputedColorScheme('light');
  const [first] = useState(state.view);
  useEffect(() => controller.changeView(state.view), [controller, state.view]);

  const picker = useRef<HTMLDivElement>(null);
  const slot = useSlotCursor({
    zone: state.zone,
    shownFrom: range.start,
    shownUntil: range.until,
    onChoose: onSelect,
    onTurn: (direction) => (direction > 0 ? controller.next() : controller.prev()),
  });
  const byId = new Map(sessions.map((one) => [one.id, one]));
  const events: EventInput[] = sessions.map((one) => eventOf(one, pending));
  if (slot.cursor)
    events.push({ id: CURSOR, ...slot.cursor, title: t('calendar.free_slot'), editable: false, interactive: false });

  const draw = (info: EventDisplayInfo) => {
    const session = byId.get(info.event.id);
    if (!session) return <div className={classes.cursor}>{info.timeText}</div>;
    return (
      <EventContent
        session={session}
        time={info.timeText}
        title={session.title || t('form.untitled')}
        whose={consultants.length > 1}
        meeting={meetingWords(session)}
        inPerson={t('form.in_person')}
        view={info.view.type}
      />
    );
  };
  const move = async (id: string, start: Date | null, end: Date | null, revert: () => void) => {
    const session = byId.get(id);
    if (!session || !start || !end) return revert();
    if (!(await onMove({ session, start: start.toISOString(), end: end.toISOString() }))) revert();
  };
  const select = (start: Date, end: Date) => {
    const minutes = (end.getTime() - start.getTime()) / 60_000;
    const until = minutes <= SHORTEST ? shifted(start.toISOString(), USUAL) : end.toISOString();
    onSelect({ start: start.toISOString(), end: until });
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const id = (event.target as HTMLElement).closest<HTMLElement>('[data-session]')?.dataset.session;
    const session = id && byId.get(id);
    if (!session || event.key.toLowerCase() !== 'm' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onBeginMoving(session);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the sessions inside, which are buttons
    <div className={classes.grid} onKeyDown={press}>
      <div
        ref={picker}
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
        locales={LOCALES}
        locale={language === 'sl' ? 'sl' : locale}
        timeZone={state.zone}
        colorScheme={scheme}
        height="100%"
        borderless
        headerToolbar={false}
        firstDay={1}
        nowIndicator
        now={nowText}
        allDaySlot={false}
        scrollTime="07:30:00"
        slotDuration="00:30:00"
        slotMinHeight={36}
        snapDuration="00:15:00"
        slotEventOverlap={false}
        dayMaxEvents
        selectable
        selectMirror
        unselectAuto
        select={(info) => select(info.start, info.end)}
        editable
        eventInteractive
        eventResizableFromStart
        events={events}
        eventColor="var(--tone)"
        eventClass={(info) => eventClasses(info, byId, consultants, pending)}
        columnEventClass="column-event"
        columnEventInnerClass="column-event-inner"
        listItemEventInnerClass="line-event-inner"
        eventTimeFormat={TIME}
        slotHeaderFormat={TIME}
        slotHeaderContent={(info) => <SlotHeader text={info.text} onPick={() => picker.current?.focus()} />}
        titleFormat={state.view === 'dayGridMonth' ? MONTH : state.narrow ? SHORT_DAYS : DAYS}
        eventContent={draw}
        eventDidMount={(info) => {
          if (info.el) info.el.dataset.session = info.event.id;
        }}
        eventClick={(info) => {
          info.jsEvent.preventDefault();
          onOpen(info.event.id);
        }}
        eventDrop={(info) => void move(info.event.id, info.event.start, info.event.end, info.revert)}
        eventResize={(info) => void move(info.event.id, info.event.start, info.event.end, info.revert)}
        datesSet={(info) =>
          onShown({ start: info.start.toISOString(), until: info.end.toISOString() }, info.view.title)
        }
        noEventsText={t('calendar.no_sessions')}
      />
      {drawing.children}
    </div>
  );
}

/** One of them is a button: what scrolls has to be reached by keyboard too, also while there is no session in it. */
function SlotHeader({ text, onPick }: { text: string; onPick: () => void }) {
  const { t } = useWords();
  if (!/^0?8\b/.test(text)) return text;
  return (
    <button
      type="button"
      className={classes.slotHeader}
      aria-label={t('calendar.pick', { time: text })}
      onClick={onPick}
    >
      {text}
    </button>
  );
}

function eventOf(session: Session, pending: Move | null): EventInput {
  const moving = pending?.session.id === session.id ? pending : null;
  return {
    id: session.id,
    title: session.title,
    start: moving?.start ?? session.starts_at,
    end: moving?.end ?? session.ends_at,
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
  return `${toneOf(consultants, session.consultant_id)} ${moving}`;
}
