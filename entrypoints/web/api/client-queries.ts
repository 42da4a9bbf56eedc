/** The page's queries about clients. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from './client';
import { allNamed } from './former';
import { queryClient } from './queries';

export function clientsQuery(text: string) {
  return queryOptions({
    queryKey: ['clients', 'found', text],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/clients', { params: { query: { text } }, signal })),
  });
}

/** Those of whom only the ids are known. */
export function clientsByIdQuery(ids: string[]) {
  return queryOptions({
    queryKey: ['clients', 'by id', ids],
    queryFn: () => bodyOf(api.GET('/api/clients', { params: { query: { ids } } })),
    enabled: ids.length > 0,
  });
}

export function clientsWithEmailQuery(email: string) {
  return queryOptions({
    queryKey: ['clients', 'email', email],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/clients', { params: { query: { email } }, signal })),
  });
}

export function clientListQuery(text: string, archived: boolean) {
  return infiniteQueryOptions({
    queryKey: ['clients', 'list', text, archived],
    queryFn: ({ pageParam, signal }) => {
      const query = { text, archived, cursor: pageParam };
      return bodyOf(api.GET('/api/clients/page', { params: { query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

const of = (id: string) => ({ params: { path: { client_id: id } } });

export function clientQuery(id: string) {
  return queryOptions({
    queryKey: ['clients', 'one', id],
    queryFn: () => bodyOf(api.GET('/api/clients/{client_id}', of(id))),
  });
}

/** Under `sessions`, so that every change of a session finds it. */
export function clientSessionsQuery(id: string, past: boolean) {
  return infiniteQueryOptions({
    queryKey: ['sessions', 'client', id, past],
    queryFn: ({ pageParam, signal }) => {
      const params = { path: { client_id: id }, query: { past, cursor: pageParam } };
      return bodyOf(api.GET('/api/clients/{client_id}/sessions', { params, signal })).then(allNamed);
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export function contactNotesQuery(id: string) {
  return queryOptions({
    queryKey: ['clients', 'notes', id],
    queryFn: () => bodyOf(api.GET('/api/clients/{client_id}/notes', of(id))),
  });
}

export function clientHistoryQuery(id: string) {
  return queryOptions({
    queryKey: ['clients', 'history', id],
    queryFn: () => bodyOf(api.GET('/api/clients/{client_id}/history', of(id))),
  });
}

/** Both are asked anew each time: people decide by them. */
export function erasurePreviewQuery(id: string) {
  return queryOptions({
    queryKey: ['clients', 'erasure', id],
    queryFn: () => bodyOf(api.GET('/api/clients/{client_id}/erasure', of(id))),
    staleTime: 0,
    gcTime: 0,
  });
}

export function mergerQuery(id: string, otherId: string) {
  return queryOptions({
    queryKey: ['clients', 'merge', id, otherId],
    queryFn: () => {
      const params = { path: { client_id: id }, query: { other_id: otherId } };
      return bodyOf(api.GET('/api/clients/{client_id}/merge', { params }));
    },
    staleTime: 0,
    gcTime: 0,
  });
}

/** Something about a client has changed: lists, the client's page and the sessions that show the name. */
export function forgetClients() {
  for (const key of ['clients', 'sessions', 'session', 'history'])
    void queryClient.invalidateQueries({ queryKey: [key] });
}

/** Nothing that was loaded before shows the name any more, behind the receipt or on the next page. */
export function forgetErasedClient() {
  for (const key of ['clients', 'sessions', 'session', 'history', 'drafts', 'coming week']) {
    queryClient.removeQueries({ queryKey: [key], type: 'inactive' });
    void queryClient.invalidateQueries({ queryKey: [key] });
  }
}
