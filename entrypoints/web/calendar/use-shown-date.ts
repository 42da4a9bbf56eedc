/** The day that the calendar looks at and the one in the address follow each other. */
import type { CalendarController } from '@fullcalendar/react';
import { useEffect } from 'react';
import { queryClient, type Range, sessionQuery } from '../api/queries';
import { useOpenedSession } from '../booking/open-session';
import { dateIn, todayIn } from '../booking/times';
import { nowText } from '../words/now';
import { isWithin } from './on-screen';
import type { useCalendarState } from './use-calendar-state';

export function useShownDate(
  controller: CalendarController,
  state: ReturnType<typeof useCalendarState>,
  range: Range,
  view: string,
) {
  const { opened } = useOpenedSession();
  const session = opened?.session ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: turning the pages writes the address
  useEffect(() => {
    const date = controller.getDate();
    if (!range.start || !date) return;
    const day = dateIn(date.toISOString(), state.zone);
    const wanted = isWithin(nowText(), range) && view !== 'timeGridDay' ? null : day;
    const usual = wanted === todayIn(state.zone) ? null : wanted;
    if (usual !== state.date && !(state.date && contains(range, state.date))) state.setDate(usual);
  }, [range.start, range.until]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another address turns the pages
  useEffect(() => {
    if (!range.start) return;
    const wanted = state.date ?? todayIn(state.zone);
    if (!contains(range, wanted)) controller.gotoDate(wanted);
  }, [state.date]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a link that names a session alone leads to its week
  useEffect(() => {
    if (!session || state.date) return;
    queryClient.fetchQuery(sessionQuery(session)).then(
      (found) => controller.gotoDate(dateIn(found.session.starts_at, state.zone)),
      () => {}, // the form shows that it does not exist
    );
  }, []);

  function contains(within: Range, date: string): boolean {
    return dateIn(within.start, state.zone) <= date && date < dateIn(within.until, state.zone);
  }
}
