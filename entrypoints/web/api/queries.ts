/** The page's queries, each under the key by which changes invalidate it. */
import { infiniteQueryOptions, keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query';
import type { paths } from '../generated/schema';
import { now } from '../words/now';
import { api, bodyOf } from './client';
import { allNamed, named } from './former';
import { Problem } from './problem';
import { isReached, onHealed } from './reach';

const A_MINUTE = 60_000;
const AGAIN = 15_000; // milliseconds until a failed query is repeated

/** Nothing waits in silence for a network: each request is sent, and its failure is seen where it was asked for. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: 30_000,
      retry: (failures, error) => isReached() && !isRefusal(error) && failures < 2,
      refetchInterval: ({ state, meta }) => (mayPass(state.error) && !meta?.once ? AGAIN : false),
    },
    mutations: { networkMode: 'always' },
  },
});

/** The server is there again: everything that is shown is read anew. */
onHealed(() => void queryClient.invalidateQueries({ predicate: ({ state, meta }) => !(meta?.once && state.data) }));

function isRefusal(error: unknown): boolean {
  return error instanceof Problem && error.status < 500;
}

/** The server answers, and cannot do it: that may pass. */
export function isFault(error: unknown): boolean {
  return error instanceof Problem && error.status >= 500;
}

/** A query that was refused because there were too many is repeated, so that no page stays without its data. */
function mayPass(error: unknown): boolean {
  return isFault(error) || (error instanceof Problem && error.code === 'too_many_requests');
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => bodyOf(api.GET('/api/me')),
  staleTime: A_MINUTE,
});

/** The practice's identity provider, for admins. */
export const singleSignOnQuery = queryOptions({
  queryKey: ['single sign-on'],
  queryFn: () => bodyOf(api.GET('/api/practice/single-sign-on')),
});

/** Where the person is signed in. */
export const loginsQuery = queryOptions({
  queryKey: ['logins'],
  queryFn: () => bodyOf(api.GET('/api/login/sessions')),
});

/** The person's own second factors. */
export const secondFactorQuery = queryOptions({
  queryKey: ['second factor'],
  queryFn: () => bodyOf(api.GET('/api/me/second-factor')),
});

export const consultantsQuery = queryOptions({
  queryKey: ['consultants'],
  queryFn: () => bodyOf(api.GET('/api/consultants')),
});

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: () => bodyOf(api.GET('/api/help')),
  staleTime: 10 * A_MINUTE,
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

/** Every planned session of a range, however many pages that takes; on demand the cancelled ones too. */
export function calendarQuery(range: Range, cancelled: boolean) {
  return queryOptions({
    queryKey: ['sessions', 'calendar', range, cancelled],
    queryFn: async ({ signal }) => {
      const found = [];
      let cursor: string | undefined;
      do {
        const only = cancelled ? undefined : ('planned' as const);
        const query = { ...range, only, limit: MOST_IN_CALENDAR, cursor };
        const page = await bodyOf(api.GET('/api/bookings', { params: { query }, signal }));
        found.push(...page.items.map(named));
        cursor = page.next ?? undefined;
      } while (cursor);
      return found;
    },
    placeholderData: keepPreviousData,
  });
}

/** The data for reading offline; refreshed from time to time, not with each change. */
export function comingWeekQuery(days: number) {
  return queryOptions({
    queryKey: ['coming week'],
    queryFn: async () => {
      const start = new Date();
      const until = new Date(start.getTime() + days * 86_400_000);
      const range = { start: start.toISOString(), until: until.toISOString() };
      const query = { ...range, only: 'planned' as const, limit: MOST_IN_CALENDAR };
      return (await bodyOf(api.GET('/api/bookings', { params: { query } }))).items;
    },
    refetchInterval: 10 * A_MINUTE,
  });
}

/** One session together with its ETag, which an edit has to name. */
export function sessionQuery(id: string) {
  return queryOptions({
    queryKey: ['session', id],
    queryFn: async () => {
      const { data, response } = await api.GET('/api/bookings/{booking_id}', { params: { path: { booking_id: id } } });
      if (!data) throw new Error('an answer without a session');
      return { session: named(data), etag: response.headers.get('etag') ?? '' };
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
    staleTime: 10 * A_MINUTE,
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
      return bodyOf(api.GET('/api/bookings', { params: { query }, signal })).then(allNamed);
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

const LONGEST_RANGE = 399; // days; the API takes less than 400
const MOST_AT_RISK = 100;

/** The upcoming sessions of a consultant whose meeting is not sure to be there. */
export function atRiskQuery(consultantId: string) {
  return queryOptions({
    queryKey: ['sessions', 'at_risk', consultantId],
    queryFn: () => {
      const start = new Date(now());
      const until = new Date(start.getTime() + LONGEST_RANGE * 86_400_000);
      const range = { start: start.toISOString(), until: until.toISOString() };
      const query = { ...range, only: 'at_risk' as const, consultant_id: consultantId, limit: MOST_AT_RISK };
      return bodyOf(api.GET('/api/bookings', { params: { query } }));
    },
  });
}

/** The upcoming sessions of a consultant, online or not. */
export function upcomingQuery(consultantId: string) {
  return queryOptions({
    queryKey: ['sessions', 'upcoming', consultantId],
    queryFn: () => {
      const start = new Date(now());
      const until = new Date(start.getTime() + LONGEST_RANGE * 86_400_000);
      const range = { start: start.toISOString(), until: until.toISOString() };
      const query = { ...range, only: 'planned' as const, consultant_id: consultantId, limit: MOST_AT_RISK };
      return bodyOf(api.GET('/api/bookings', { params: { query } }));
    },
  });
}

/** The consultants who are not free in a slot. */
export function busyQuery({ start, until }: Range) {
  return queryOptions({
    queryKey: ['sessions', 'busy', start, until],
    queryFn: async () => {
      const query = { start, until, only: 'planned' as const, limit: MOST_IN_CALENDAR };
      const page = await bodyOf(api.GET('/api/bookings', { params: { query } }));
      return page.items.map((one) => one.consultant_id);
    },
  });
}

export function connectionHistoryQuery(consultantId: string) {
  return queryOptions({
    queryKey: ['consultants', 'history', consultantId],
    queryFn: () => {
      const params = { path: { consultant_id: consultantId } };
      return bodyOf(api.GET('/api/consultants/{consultant_id}/history', { params }));
    },
  });
}

/** Always asked anew: people decide by it. */
export function disconnectPreviewQuery(provider: string, consultantId: string) {
  return queryOptions({
    queryKey: ['disconnect-preview', provider, consultantId],
    queryFn: () => {
      const params = { path: { provider, consultant_id: consultantId } };
      return bodyOf(api.GET('/api/connections/{provider}/{consultant_id}/preview', { params }));
    },
    staleTime: 0,
    gcTime: 0,
  });
}

export const receiptsQuery = queryOptions({
  queryKey: ['receipts'],
  queryFn: () => bodyOf(api.GET('/api/erasures')),
});

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: () => bodyOf(api.GET('/api/people')),
});

/** Always asked anew: people decide by it. */
export function endingPreviewQuery(personId: string) {
  return queryOptions({
    queryKey: ['people', 'ending', personId],
    queryFn: () => bodyOf(api.GET('/api/people/{person_id}/ending', { params: { path: { person_id: personId } } })),
    staleTime: 0,
    gcTime: 0,
  });
}

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: () => bodyOf(api.GET('/api/invitations')),
});

export const practiceHistoryQuery = queryOptions({
  queryKey: ['practice', 'history'],
  queryFn: () => bodyOf(api.GET('/api/practice/history')),
});

export type SecurityLogFilter = NonNullable<paths['/api/security-log']['get']['parameters']['query']>;

/** Read anew each time it is opened: nothing announces that it has grown. */
export function securityLogQuery(filter: SecurityLogFilter) {
  return infiniteQueryOptions({
    queryKey: ['practice', 'security-log', filter],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(api.GET('/api/security-log', { params: { query: { ...filter, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** Read anew at each page, because changes elsewhere count here. */
export const firstStepsQuery = queryOptions({
  queryKey: ['practice', 'first-steps'],
  queryFn: () => bodyOf(api.GET('/api/practice/first-steps')),
  staleTime: 0,
});

/** Empty except in the demo. */
export const demoPeopleQuery = queryOptions({
  queryKey: ['demo', 'people'],
  queryFn: () => bodyOf(api.GET('/api/demo/people')),
  staleTime: Number.POSITIVE_INFINITY,
});

/** After any change of the practice's people or their roles. */
export function practiceChanged() {
  for (const key of ['practice', 'people', 'single sign-on', 'invitations', 'consultants', 'opening']) {
    void queryClient.invalidateQueries({ queryKey: [key] });
  }
}
