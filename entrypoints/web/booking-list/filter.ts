/** The filter of the list, in the address of the page: a reload and the back button keep it. */
import { useSearchParams } from 'wouter';
import type { Only } from '../api/queries';

export const WHENS = ['upcoming', 'past'] as const;
export type When = (typeof WHENS)[number];

export const ONLYS = ['planned', 'online', 'at_risk', 'cancelled'] as const satisfies readonly Only[];

export interface Filter {
  when: When;
  /** How many stretches of time away from today. */
  further: number;
  find: string;
  only: Only | null;
  consultant: string | null;
}

/** Never the names that an open session form has there. */
const NAMES = ['when', 'further', 'find', 'only', 'consultant'] as const;

export function useFilter() {
  const [search, setSearch] = useSearchParams();
  const filter = read(search);

  /** `replace` while the person types: not every letter is a step back. */
  const set = (change: Partial<Filter>, { replace = false } = {}) =>
    setSearch(
      (present) => {
        const next = new URLSearchParams(present);
        const wanted = written({ ...read(present), ...change });
        for (const name of NAMES) {
          if (wanted[name]) next.set(name, wanted[name]);
          else next.delete(name);
        }
        return next;
      },
      { replace },
    );

  return {
    filter,
    set,
    clear: () => set({ find: '', only: null, consultant: null }),
    narrowed: Boolean(filter.find || filter.only || filter.consultant),
  };
}

function read(search: URLSearchParams): Filter {
  const when = search.get('when') === 'past' ? 'past' : 'upcoming';
  const only = ONLYS.find((one) => one === search.get('only')) ?? null;
  return {
    when,
    further: Math.min(Math.max(Math.trunc(Number(search.get('further'))) || 0, 0), 99),
    find: search.get('find') ?? '',
    only: when === 'past' && only === 'at_risk' ? null : only, // past sessions are at no risk
    consultant: search.get('consultant'),
  };
}

/** Omits default values. */
function written(filter: Filter): Record<(typeof NAMES)[number], string> {
  return {
    when: filter.when === 'past' ? 'past' : '',
    further: filter.further ? String(filter.further) : '',
    find: filter.find,
    only: filter.only ?? '',
    consultant: filter.consultant ?? '',
  };
}
