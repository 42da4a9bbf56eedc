import { useLocation } from 'wouter';
import type { Me } from '../api/types';
import { tell } from '../shell/tell';
import { arrive } from './arrive';

/** Signed in by a one-time link: opens the calendar with a welcome message. */
export function useArrival() {
  const [, navigate] = useLocation();
  return (me: Me, welcome: string) => {
    arrive(me);
    tell(welcome);
    navigate('/', { replace: true });
  };
}
