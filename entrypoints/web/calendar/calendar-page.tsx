import { useCalendarController } from '@fullcalendar/react';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { calendarQuery, consultantsQuery, type Range } from '../api/queries';
import { useOpenedSession } from '../session/open-session';
import { useTitle } from '../shell/use-title';
import { isAdmin, useMe } from '../signing-in/signed-in';
import { slotText } from '../words/dates';
import { useWords } from '../words/use-words';
import classes from './calendar.module.css';
import { ConsultantFilter } from './consultant-filter';
import { Grid, hasColumns } from './grid';
import { Standing } from './standing';
import { Toolbar } from './toolbar';
import { Unfinished } from './unfinished';
import { useCalendarState } from './use-calendar-state';
import { useMoving } from './use-moving';

const NOWHERE: Range = { start: '', until: '' };

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
  const { openNew, open } = useOpenedSession();
  const { data: consultants = [] } = useQuery(consultantsQuery);
  const found = useQuery({ ...calendarQuery(shown.range, state.cancelled), enabled: Boolean(shown.range.start) });
  const sessions = found.data ?? [];
  const chosen = useMemo(
    () => (isAdmin(me) ? consultants.filter((one) => !state.hidden.includes(one.id)) : []),
    [me, consultants, state.hidden],
  );
  const columns = hasColumns(state.view, chosen) ? chosen : [];
  const moving = useMoving(state.zone, consultants, columns, state.view === 'timeGridDay');
  const visible = sessions.filter((one) => !state.hidden.includes(one.consultant_id));

  return (
    <div className={classes.page}>
      <Toolbar
        state={state}
        title={shown.title}
        busy={found.isFetching}
        onToday={() => controller.today()}
        onBack={() => controller.prev()}
        onOn={() => controller.next()}
        onNew={() => openNew()}
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
        onShown={(range, title) => setShown((before) => (sameRange(before, range, title) ? before : { range, title }))}
        onOpen={open}
        onSelect={openNew}
        onMove={moving.save}
        onBeginMoving={moving.begin}
      >
        {shown.range.start && <Standing found={found} />}
      </Grid>
      {moving.pending && (
        <div className={classes.bar}>
          <Text size="sm" fw={600}>
            {slotText(moving.pending.start, moving.pending.end, state.zone, locale)}
          </Text>
          <Text size="sm">{t('moving.keys')}</Text>
        </div>
      )}
      {moving.dialog}
    </div>
  );
}
