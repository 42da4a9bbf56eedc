import { useEffect, useRef } from 'react';

/** For the first thing of a step: what had the keyboard in the step before is gone. */
export function useFirstFocus<T extends HTMLElement>() {
  const first = useRef<T>(null);
  useEffect(() => first.current?.focus(), []);
  return first;
}
