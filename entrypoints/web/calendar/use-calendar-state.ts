/** How this person looks at the calendar, remembered by their browser. */
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import type { Me } from '../api/types';
import { viewersZone } from '../session/times';

export const VIEWS = ['timeGridDay', 'workWeek', 'timeGridWeek', 'dayGridMonth', 'listWeek'] as const;
export type View = (typeof VIEWS)[number];

export function useCalendarState(me: Me) {
  const narrow = useMediaQuery('(max-width: 48em)', window.innerWidth <= 768);
  const [wide, setWide] = useLocalStorage<View>({
    key: 'calendra-view',
    defaultValue: 'timeGridWeek',
    getInitialValueInEffect: false,
  });
  const [slim, setSlim] = useLocalStorage<View>({
    key: 'calendra-view-phone',
    defaultValue: 'listWeek',
    getInitialValueInEffect: false,
  });
  const [chosenZone, setZone] = useLocalStorage<string>({
    key: 'calendra-zone',
    defaultValue: me.practice.zone,
    getInitialValueInEffect: false,
  });
  const [hidden, setHidden] = useLocalStorage<string[]>({
    key: 'calendra-hidden',
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  const [cancelled, setCancelled] = useLocalStorage<boolean>({
    key: 'calendra-cancelled',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const zones = [...new Set([me.practice.zone, me.zone, viewersZone()])];
  return {
    narrow: narrow ?? false,
    view: narrow ? slim : wide,
    setView: narrow ? setSlim : setWide,
    zone: zones.includes(chosenZone) ? chosenZone : me.practice.zone,
    zones,
    setZone,
    hidden,
    setHidden,
    /** Whether cancelled sessions are shown too. */
    cancelled,
    setCancelled,
  };
}
