import { useEffect, useState } from 'react';
import { Problem } from '../api/problem';

/** Whole seconds that are left of the wait that a refusal asked for; `since` is when it was asked, in milliseconds. */
export function useWait(error: unknown, since: number): number {
  const [now, setNow] = useState(Date.now);
  const ends = error instanceof Problem && error.retryAfter ? since + error.retryAfter * 1000 : 0;
  useEffect(() => {
    if (!ends) return;
    const tick = () => {
      setNow(Date.now());
      if (Date.now() >= ends) clearInterval(timer);
    };
    const timer = setInterval(tick, 250);
    tick();
    return () => clearInterval(timer);
  }, [ends]);
  return Math.max(0, Math.ceil((ends - now) / 1000));
}
