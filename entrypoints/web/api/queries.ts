/** What the page reads, each under the key by which changes find it. */
import { infiniteQueryOptions, keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from './client';
import { Problem } from './problem';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => !(error instanceof Problem && error.status < 500) && failures < 2,
    },
  },
});

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => bodyOf(api.GET('/api/me')),
  staleTime: Number.POSITIVE_INFINITY,
});

export const consultantsQuery = queryOptions({
  queryKey: ['consultants'],
  queryFn: () => bodyOf(api.GET('/api/consultants')),
});

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: () => bodyOf(api.GET('/api/help')),
  staleTime: Number.POSITIVE_INFINITY,
});

export const draftsQuery = queryOptions({
  queryKey: ['drafts'],
  queryFn: () => bodyOf(api.GET('/api/drafts')),
});

export interface Range {
  start: string;
  until: string;
}

const MOST_IN_CALENDAR = 500;

/** Every planned session of a range, however many pages that takes. */
export function calendarQuery(range: Range) {
  return queryOptions({
    queryKey: ['sessions', 'calendar', range],
    queryFn: async ({ signal }) => {
      const found = [];
      let cursor: string | undefined;
      do {
        const query = { ...range, only: 'planned' as const, limit: MOST_IN_CALENDAR, cursor };
        const page = await bodyOf(api.GET('/api/bookings', { params: { query }, signal }));
        found.push(...page.items);
        cursor = page.next ?? undefined;
      } while (cursor);
      return found;
    },
    placeholderData: keepPreviousData,
  });
}

/** One session together with its ETag, which an edit has to name. */
export function sessionQuery(id: string) {
  return queryOptions({
    queryKey: ['session', id],
    queryFn: async () => {
      const { data, response } = await api.GET('/api/bookings/{booking_id}', { params: { path: { booking_id: id } } });
      if (!data) throw new Error('an answer without a session');
      return { session: data, etag: response.headers.get('etag') ?? '' };
    },
  });
}

export function historyQuery(id: string) {
  return queryOptions({
    queryKey: ['history', id],
    queryFn: () => bodyOf(api.GET('/api/bookings/{booking_id}/history', { params: { path: { booking_id: id } } })),
  });
}

export function helpQuery(provider: string) {
  return queryOptions({
    queryKey: ['help', provider],
    queryFn: () => bodyOf(api.GET('/api/help/{provider}', { params: { path: { provider } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export type Only = 'planned' | 'online' | 'at_risk' | 'cancelled';

export interface ListQuery extends Range {
  text: string;
  consultant_id?: string;
  only?: Only;
  descending: boolean;
}

const SESSIONS_ON_A_PAGE = 25;

/** Booked sessions of a range, page after page. */
export function sessionListQuery(wanted: ListQuery) {
  return infiniteQueryOptions({
    queryKey: ['sessions', 'list', wanted],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...wanted, limit: SESSIONS_ON_A_PAGE, cursor: pageParam };
      return bodyOf(api.GET('/api/bookings', { params: { query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}
