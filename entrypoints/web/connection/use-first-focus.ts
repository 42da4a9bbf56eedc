import { useEffect, useRef } from 'react';

/** For the first thing of a step: the element with the focus in the previous step is gone. */
export function useFirstFocus<T extends HTMLElement>() {
  const first = useRef<T>(null);
  useEffect(() => first.current?.focus(), []);
  return first;
}
