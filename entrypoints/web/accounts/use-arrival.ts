import { useLocation } from 'wouter';
import type { Me } from '../api/types';
import { tell } from '../shell/tell';
import { arrive } from './arrive';

/** Signed in by a one-time link: to the calendar, with a word of welcome. */
export function useArrival() {
  const [, navigate] = useLocation();
  return (me: Me, welcome: string) => {
    arrive(me);
    tell(welcome);
    navigate('/', { replace: true });
  };
}
