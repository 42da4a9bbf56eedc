/** How this person looks at the calendar: in the address, so that a reload, the way back and a link show the same; and
 * remembered by their browser for the next visit. */
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { consultantsQuery } from '../api/queries';
import type { Me } from '../api/types';
import { viewersZone } from '../booking/times';
import { hiddenBy, NAMES_OF_VIEWS, type View, viewNamed, whose } from './address';

export { VIEWS, type View } from './address';

export function useCalendarState(me: Me) {
  const [search, setSearch] = useSearchParams();
  const { data: consultants = [] } = useQuery(consultantsQuery);
  const narrow = useMediaQuery('(max-width: 48em)', window.innerWidth <= 768) ?? false;
  const [wide, setWide] = useRemembered<View>('calendra-view', 'timeGridWeek');
  const [slim, setSlim] = useRemembered<View>('calendra-view-phone', 'listWeek');
  const [chosenZone, setZone] = useRemembered<string>('calendra-zone', me.practice.zone);
  const [rememberedHidden, rememberHidden] = useRemembered<string[]>('calendra-hidden', []);
  const [rememberedCancelled, rememberCancelled] = useRemembered<boolean>('calendra-cancelled', false);

  const all = consultants.map((one) => one.id);
  const view = viewNamed(search.get('view')) ?? (narrow ? slim : wide);
  const hidden = hiddenBy(search, all) ?? rememberedHidden;
  const cancelled = search.get('cancelled') === 'shown' || rememberedCancelled;
  const zones = [...new Set([me.practice.zone, me.zone, viewersZone()])];

  const put = (change: { view?: View; hidden?: string[]; cancelled?: boolean; date?: string | null }) =>
    setSearch(
      (present) => {
        const next = new URLSearchParams(present);
        for (const name of ['with', 'without', 'show']) next.delete(name);
        next.set('view', NAMES_OF_VIEWS[change.view ?? view]);
        if (change.date) next.set('on', change.date);
        else if (change.date === null) next.delete('on');
        for (const [name, ids] of whose(change.hidden ?? hidden, all)) next.set(name, ids);
        if (change.cancelled ?? cancelled) next.set('cancelled', 'shown');
        else next.delete('cancelled');
        return next;
      },
      { replace: true },
    );

  return {
    narrow,
    view,
    setView: (wanted: View) => {
      (narrow ? setSlim : setWide)(wanted);
      put({ view: wanted });
    },
    zone: zones.includes(chosenZone) ? chosenZone : me.practice.zone,
    zones,
    setZone,
    hidden,
    setHidden: (ids: string[]) => {
      rememberHidden(ids);
      put({ hidden: ids });
    },
    /** Whether cancelled sessions are shown too. */
    cancelled,
    setCancelled: (shown: boolean) => {
      rememberCancelled(shown);
      put({ cancelled: shown });
    },
    /** As in `2026-12-09`; null for today. */
    date: /^\d{4}-\d\d-\d\d$/.exec(search.get('on') ?? '')?.[0] ?? null,
    setDate: (date: string | null) => put({ date }),
    /** A session to be pointed out. */
    shows: search.get('show'),
  };
}

function useRemembered<T>(key: string, defaultValue: T) {
  return useLocalStorage<T>({ key, defaultValue, getInitialValueInEffect: false });
}
