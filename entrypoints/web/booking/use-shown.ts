import { useEffect, useRef } from 'react';

/** Scrolls to what has just appeared in a form, so that it is seen why saving is not possible. */
export function useShown() {
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    shown.current?.scrollIntoView({ block: 'nearest' }); // a promise in newer browsers, which an effect must not return
  }, []);
  return shown;
}
