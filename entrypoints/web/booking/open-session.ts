/** Which session form is open, in the address of the page: a reload and the back button keep it. */
import { useSearchParams } from 'wouter';

export interface Opened {
  /** The session to edit; null for a new one. */
  session: string | null;
  /** Under which id its unfinished form is kept. */
  draft: string;
  /** Where a new session is to begin and end, as instants; null for "soon". */
  slot: { start: string; end: string } | null;
  /** Whom a new session is meant for; null for the viewer. */
  consultant: string | null;
  /** With which client a new session begins. */
  client: string | null;
  /** The provider that was connected on the way here. */
  connected: { label: string; account: string } | null;
}

/** The initial values of a new session. */
export interface Wanted {
  start?: string;
  end?: string;
  consultant?: string;
  client?: string;
}

const NAMES = ['session', 'draft', 'start', 'end', 'consultant', 'client'];

let arrival: Opened['connected'] = null;

/** Stored until the next form opens, which then shows the result of the consent above it. */
export function rememberArrival(connected: Opened['connected']) {
  arrival = connected;
}

export function useOpenedSession() {
  const [search, setSearch] = useSearchParams();

  const go = (wanted: Record<string, string>, replace = false) =>
    setSearch(
      (present) => {
        const next = new URLSearchParams(present);
        for (const name of NAMES) next.delete(name);
        for (const [name, value] of Object.entries(wanted)) next.set(name, value);
        return next;
      },
      { replace },
    );

  const [session, draft, start, end, consultant, client] = NAMES.map((name) => search.get(name)) as (string | null)[];
  const opened: Opened | null =
    draft || session
      ? {
          session: session ?? null,
          draft: draft ?? session ?? '',
          slot: start && end ? { start, end } : null,
          consultant: consultant ?? null,
          client: client ?? null,
          connected: arrival,
        }
      : null;

  return {
    opened,
    openNew: ({ start, end, consultant, client }: Wanted = {}) =>
      go({
        draft: crypto.randomUUID(),
        ...(start && end && { start, end }),
        ...(consultant && { consultant }),
        ...(client && { client }),
      }),
    open: (id: string) => go({ session: id, draft: crypto.randomUUID() }),
    openDraft: (id: string) => go({ draft: id }),
    /** `then` is the address of the next page. */
    close: (then: Record<string, string> = {}) => {
      arrival = null;
      go(then, true);
    },
  };
}
