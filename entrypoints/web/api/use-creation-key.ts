/** One key for each thing that a person wants made, so that a request repeated after a lost answer makes it once. */
import { useRef } from 'react';

interface Wanted {
  content: string;
  key: string;
}

/** `keyOf` gives the same key for as long as the same content is sent; `done` is called when it has been made. */
export function useCreationKey() {
  const wanted = useRef<Wanted | null>(null);
  const keyOf = (content: unknown): string => {
    const text = JSON.stringify(content);
    if (wanted.current?.content !== text) wanted.current = { content: text, key: crypto.randomUUID() };
    return wanted.current.key;
  };
  const done = () => {
    wanted.current = null;
  };
  return { keyOf, done };
}
