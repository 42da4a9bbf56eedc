/** The calendar itself, drawn by FullCalendar. */
import '@fullcalendar/react/skeleton.css';
import '@fullcalendar/react/themes/breezy/theme.css';
import './palette.css';
import { Calendar, type CalendarController, type EventDisplayInfo } from '@fullcalendar/react';
import dayGrid from '@fullcalendar/react/daygrid';
import list from '@fullcalendar/react/list';
import sl from '@fullcalendar/react/locales/sl';
import breezy from '@fullcalendar/react/themes/breezy';
import timeGrid from '@fullcalendar/react/timegrid';
import { useComputedColorScheme } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Range } from '../api/queries';
import type { Consultant, Session } from '../api/types';
import { todayIn } from '../booking/times';
import { useMeetingWords } from '../meeting/meeting';
import { firstDayOfWeek } from '../words/locale';
import { nowText } from '../words/now';
import { useWords } from '../words/use-words';
import classes from './calendar.module.css';
import { drawnView, hasColumns } from './columns';
import { consultantColumns, type InColumn } from './consultant-columns';
import { ConsultantHeader } from './consultant-header';
import { dayHeader } from './day-header';
import { dragging } from './dragging';
import { cursorEvent, eventClasses, eventOf } from './drawn-sessions';
import { EventContent } from './event-content';
import { DAY_HEADER, liesInThisYear, TIME, titleFormat, WEEKDAY } from './formats';
import { gridActs } from './grid-acts';
import { FOR_THUMBS, ROOMY, sizesOf } from './lanes';
import { scrollByKey } from './scroller';
import { toneOf } from './tones';
import type { useCalendarState } from './use-calendar-state';
import { useFirstLook } from './use-first-look';
import type { Move } from './use-moving';
import { useSettled } from './use-settled';
import { type Cursor, useSlotCursor } from './use-slot-cursor';

const PLUGINS = [timeGrid, dayGrid, list, dragging, breezy, consultantColumns as never];
const LOCALES = [sl];
const VIEWS = { workWeek: { type: 'timeGrid', duration: { weeks: 1 }, hiddenDays: [0, 6] } };

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
  /** Whether the first range is loaded, or has failed to load. */
  answered: boolean;
  /** Whether the sessions are those of the range that is shown. */
  loaded: boolean;
  onShown: (range: Range, title: string) => void;
  onOpen: (id: string, element: Element | null) => void;
  onSelect: (slot: Cursor) => void;
  onMove: (move: Move) => Promise<boolean>;
  onBeginMoving: (session: Session) => void;
  /** The overlay over the days. */
  children: ReactNode;
}

export function Grid(drawing: Drawing) {
  const { controller, state, sessions, consultants, columns, pending, range, answered, loaded } = drawing;
  const { onShown, onOpen, onSelect, onMove, onBeginMoving } = drawing;
  const { t, language, locale } = useWords();
  const meetingWords = useMeetingWords();
  const scheme = useComputedColorScheme('light');
  const inColumns = hasColumns(state.view, columns);
  const drawn = drawnView(state.view, columns);
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
  const element = useRef<HTMLDivElement>(null);
  const { ref: measure, width } = useElementSize<HTMLDivElement>();
  const ref = useMergedRef(element, measure);
  const sizes = state.narrow ? FOR_THUMBS : ROOMY;
  const layout = sizesOf(state.view, inColumns, sessions, sizes, width);
  const settled = useSettled(answered && width > 0);
  useFirstLook({
    grid: element,
    view: drawn,
    range,
    sessions,
    zone: state.zone,
    ready: loaded && settled,
    points: state.shows !== null,
  });
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
  const events = sessions.map((one) => eventOf(one, pending));
  if (slot.cursor) events.push(cursorEvent(slot.cursor, t('calendar.free_slot')));
  const acts = gridActs({ byId, onSelect, onMove, onBeginMoving });

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

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the sessions inside, which are buttons
    <div
      ref={ref}
      className={classes.grid}
      data-settled={settled || undefined}
      onKeyDown={acts.press}
      data-view={drawn}
    >
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
      <section
        className={classes.scrolls}
        aria-label={t('calendar.days_and_hours')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the keys that scroll
        tabIndex={0}
        onKeyDown={scrollByKey}
      >
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
          eventMaxStack={layout.lanes}
          dayMinWidth={layout.width}
          dayNarrowWidth={60}
          dayHeaderFormat={state.view === 'dayGridMonth' ? WEEKDAY : DAY_HEADER}
          dayHeaderContent={dayHeader}
          dayMaxEvents={state.narrow ? 3 : true}
          dayLaneInnerClass={layout.crowded ? 'beside-more' : ''}
          selectable
          selectMirror
          unselectAuto
          selectLongPressDelay={400}
          eventLongPressDelay={400}
          select={(info) => acts.select(info.start, info.end, info as InColumn)}
          dateClick={(info) => acts.tap(info.date, info.jsEvent, info as InColumn)}
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
          titleFormat={titleFormat(state.view, state.narrow, liesInThisYear(range, state.zone))}
          eventContent={draw}
          eventDidMount={(info) => {
            if (info.el) info.el.dataset.session = info.event.id;
          }}
          eventClick={(info) => {
            info.jsEvent.preventDefault();
            onOpen(info.event.id, (info.jsEvent.target as Element).closest('[data-session]'));
          }}
          eventDrop={(info) => void acts.move(info.event, info.revert)}
          eventResize={(info) => void acts.move(info.event, info.revert)}
          datesSet={(info) =>
            onShown({ start: info.start.toISOString(), until: info.end.toISOString() }, info.view.title)
          }
          noEventsText={loaded ? t('calendar.no_sessions') : ''}
        />
      </section>
      {drawing.children}
    </div>
  );
}
