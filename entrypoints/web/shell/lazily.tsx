/** Parts of the page that are loaded when they are needed. */
import { type ComponentType, createContext, lazy, useContext } from 'react';
import { noteSilence } from '../api/reach';

/** The part is not there: the server is away, or it serves a newer release with other files. */
export class NotLoaded extends Error {}

/** Another value: parts that could not be loaded are asked for again. */
export const Attempt = createContext<object>({});

/** As React's `lazy`, which stores a failure for ever, except that each new attempt loads again. */
export function lazily<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): ComponentType<P> {
  let failed = false;
  const begun = () =>
    lazy(() =>
      load().catch((error: unknown) => {
        failed = true;
        noteSilence();
        throw new NotLoaded('a part of the page could not be loaded', { cause: error });
      }),
    );
  let Part = begun();
  let last: object | null = null;
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, when its module is read
  return function Lazily(props: P) {
    const attempt = useContext(Attempt);
    if (failed && attempt !== last) {
      failed = false;
      Part = begun();
    }
    last = attempt;
    return <Part {...props} />;
  };
}
