import { useCalendarController } from '@fullcalendar/react';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { isAdmin, useMe } from '../accounts/signed-in';
import { calendarQuery, consultantsQuery, type Range } from '../api/queries';
import type { Session } from '../api/types';
import { CloseSession } from '../booking/close-session';
import { useOpenedSession } from '../booking/open-session';
import { todayIn } from '../booking/times';
import { useTitle } from '../shell/use-title';
import { slotText } from '../words/dates';
import { useWords } from '../words/use-words';
import classes from './calendar.module.css';
import { hasColumns, withFormer } from './columns';
import { ConsultantFilter } from './consultant-filter';
import { Freshness } from './freshness';
import { GoToDate } from './go-to-date';
import { Grid } from './grid';
import { OnPaper } from './on-paper';
import { slotOnScreen } from './on-screen';
import { Toolbar } from './toolbar';
import { Unfinished } from './unfinished';
import { useCalendarState } from './use-calendar-state';
import { useMoving } from './use-moving';
import { useShortcuts } from './use-shortcuts';
import { useShownDate } from './use-shown-date';
import { useSpotlight } from './use-spotlight';

// Not needed for the first view.
const QuickCard = lazy(() => import('./quick-card'));
const ShortcutsSheet = lazy(() => import('./shortcuts-sheet'));

const NOWHERE: Range = { start: '', until: '' };

interface Card {
  session: Session;
  element: Element;
}

interface Shown {
  range: Range;
  title: string;
}

function sameRange(before: Shown, range: Range, title: string): boolean {
  return before.title === title && before.range.start === range.start && before.range.until === range.until;
}

export default function CalendarPage() {
  const me = useMe();
  const { t, locale } = useWords();
  useTitle(t('shell.calendar'));
  const state = useCalendarState(me);
  const controller = useCalendarController();
  const [shown, setShown] = useState<Shown>({ range: NOWHERE, title: '' });
  const [card, setCard] = useState<Card | null>(null);
  const [closing, setClosing] = useState<Session | null>(null);
  const [over, setOver] = useState<'goto' | 'shortcuts' | null>(null);
  const [, navigate] = useLocation();
  const { openNew, open } = useOpenedSession();
  const { data: present = [] } = useQuery(consultantsQuery);
  const found = useQuery({ ...calendarQuery(shown.range, state.cancelled), enabled: Boolean(shown.range.start) });
  const sessions = found.data ?? [];
  const consultants = useMemo(() => withFormer(present, found.data ?? []), [present, found.data]);
  const chosen = useMemo(
    () => (isAdmin(me) ? consultants.filter((one) => !state.hidden.includes(one.id)) : []),
    [me, consultants, state.hidden],
  );
  const columns = hasColumns(state.view, chosen) ? chosen : [];
  const moving = useMoving(state.zone, consultants, columns, state.view === 'timeGridDay');
  useShownDate(controller, state, shown.range, state.view);
  useSpotlight(state.shows, found.data);

  const create = () => {
    const only = chosen.length === 1 && consultants.length > 1 ? chosen[0]?.id : undefined;
    openNew({ ...slotOnScreen(shown.range, state.zone), ...(only && { consultant: only }) });
  };
  const look = (id: string, element: Element | null) => {
    const session = sessions.find((one) => one.id === id);
    if (session && element) setCard({ session, element });
    else open(id);
  };
  const putAway = () => {
    setCard(null);
    if (card?.element instanceof HTMLElement) card.element.focus();
  };
  useShortcuts(
    {
      today: () => controller.today(),
      create,
      day: () => state.setView('timeGridDay'),
      week: () => state.setView('timeGridWeek'),
      month: () => state.setView('dayGridMonth'),
      list: () => state.setView('listWeek'),
      back: () => controller.prev(),
      on: () => controller.next(),
      goto: () => setOver('goto'),
      search: () => navigate('/sessions', { state: { finds: true } }),
      help: () => setOver('shortcuts'),
    },
    !moving.pending,
  );
  const visible = sessions.filter((one) => !state.hidden.includes(one.consultant_id));

  return (
    <div className={classes.page} data-fills>
      <Toolbar
        state={state}
        title={shown.title}
        busy={found.isFetching}
        onToday={() => controller.today()}
        onBack={() => controller.prev()}
        onOn={() => controller.next()}
        onNew={create}
        goTo={
          <GoToDate
            today={todayIn(state.zone)}
            date={state.date ?? todayIn(state.zone)}
            opened={over === 'goto'}
            onOpened={(opened) => setOver(opened ? 'goto' : null)}
            onGo={(date) => controller.gotoDate(date)}
          />
        }
      >
        <Unfinished narrow={state.narrow} />
        <ConsultantFilter
          consultants={isAdmin(me) ? consultants : []}
          hidden={state.hidden}
          cancelled={state.cancelled}
          narrow={state.narrow}
          onChange={state.setHidden}
          onCancelled={state.setCancelled}
        />
      </Toolbar>
      <Grid
        controller={controller}
        state={state}
        sessions={visible}
        consultants={consultants}
        columns={chosen}
        pending={moving.pending}
        range={shown.range}
        loaded={found.isSuccess && !found.isPlaceholderData}
        answered={!found.isPending || found.failureCount > 0 || found.isPaused}
        onShown={(range, title) => setShown((before) => (sameRange(before, range, title) ? before : { range, title }))}
        onOpen={look}
        onSelect={openNew}
        onMove={moving.save}
        onBeginMoving={moving.begin}
      >
        {shown.range.start && <Freshness found={found} asList={state.view === 'listWeek'} />}
      </Grid>
      <OnPaper sessions={visible} zone={state.zone} />
      {moving.pending && (
        <div className={classes.bar}>
          <Text size="sm" fw={600}>
            {slotText(moving.pending.start, moving.pending.end, state.zone, locale)}
          </Text>
          <Text size="sm">{t('moving.keys')}</Text>
        </div>
      )}
      {moving.dialog}
      <Suspense>
        {card && (
          <QuickCard
            session={sessions.find((one) => one.id === card.session.id) ?? card.session}
            zone={state.zone}
            place={card.element.getBoundingClientRect()}
            narrow={state.narrow}
            onEdit={() => {
              setCard(null);
              open(card.session.id);
            }}
            onCancel={() => {
              setCard(null);
              setClosing(card.session);
            }}
            onClose={putAway}
          />
        )}
        {over === 'shortcuts' && <ShortcutsSheet onClose={() => setOver(null)} />}
      </Suspense>
      {closing && (
        <CloseSession
          session={closing}
          closing="cancel"
          onClose={() => setClosing(null)}
          onDone={() => setClosing(null)}
        />
      )}
    </div>
  );
}
