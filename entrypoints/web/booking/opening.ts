/** All that a session form starts from, read before it shows. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { Unreachable } from '../api/problem';
import { consultantsQuery, draftsQuery, providersQuery, queryClient, sessionQuery } from '../api/queries';
import type { Client, Draft, Me, Session } from '../api/types';
import { type Form, formOf, hasShapeOf, withDraft } from './form';
import { take } from './merge';
import type { Opened } from './open-session';
import { isHere, type KeptHere, withThoseHere } from './outbox';
import { nextUsualSlot, wallSlot } from './times';

export interface Opening {
  /** The session as it is stored, with its ETag; null for a new one. */
  stored: { session: Session; etag: string } | null;
  /** The form without changes. */
  base: Form;
  /** The form as shown: the base with the draft applied. */
  form: Form;
  draftId: string;
  /** When the unfinished form was kept; null when there is none. */
  keptAt: string | null;
}

export function openingQuery(opened: Opened, me: Me) {
  return queryOptions({
    queryKey: ['opening', opened.session, opened.draft],
    queryFn: () => prepare(opened, me),
    meta: { once: true }, // the typed text is based on it
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

async function prepare(opened: Opened, me: Me): Promise<Opening> {
  const draft = draftFor(opened, withThoseHere(me.id, await draftsAtServer()));
  const id = opened.session ?? draft?.booking_id ?? null;
  const stored = id ? await queryClient.fetchQuery({ ...sessionQuery(id), staleTime: 0 }) : null;
  const base = stored ? withProvider(formOf(stored.session), await usualProvider()) : await blank(opened, me);
  const kept = draft ? await restored(base, draft) : base;
  return {
    stored,
    base,
    form: withProvider(kept, base.provider),
    draftId: draft?.id ?? opened.draft,
    keptAt: draft?.saved_at ?? null,
  };
}

/** Those that were read before, while the server cannot be asked: a new form opens without it. */
async function draftsAtServer(): Promise<Draft[]> {
  try {
    return await queryClient.fetchQuery({ ...draftsQuery, staleTime: 0 });
  } catch (error) {
    if (error instanceof Unreachable) return queryClient.getQueryData(draftsQuery.queryKey) ?? [];
    throw error;
  }
}

async function restored(base: Form, draft: Draft | KeptHere): Promise<Form> {
  if (isHere(draft) && hasShapeOf(base, draft.typed.form)) return take(base, draft.typed.form, draft.typed.fields);
  return withDraft(base, draft, await clientsOf(draft, base.clients));
}

/** The one that was asked for, or the newest one that edits the same session. */
function draftFor(opened: Opened, drafts: (Draft | KeptHere)[]): Draft | KeptHere | undefined {
  const own = drafts.find((draft) => draft.id === opened.draft);
  return own ?? drafts.find((draft) => opened.session !== null && draft.booking_id === opened.session);
}

async function blank(opened: Opened, me: Me): Promise<Form> {
  const [consultants, provider] = await Promise.all([queryClient.fetchQuery(consultantsQuery), usualProvider()]);
  const zone = me.practice.zone;
  const wanted = consultants.find((one) => one.id === opened.consultant);
  const own = wanted ?? consultants.find((one) => one.id === me.id) ?? only(consultants);
  const clients = opened.client ? await clientsById([opened.client]) : [];
  return {
    consultantId: own?.id ?? '',
    clients,
    slot: opened.slot ? wallSlot(opened.slot.start, opened.slot.end, zone) : nextUsualSlot(zone),
    title: '',
    notes: '',
    online: false,
    provider,
  };
}

/** With several consultants there is no default: an admin chooses one. */
function only<T>(all: T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

async function usualProvider(): Promise<string | null> {
  return (await queryClient.ensureQueryData(providersQuery))[0]?.provider ?? null;
}

/** Preselected when a person switches Online on. */
function withProvider(form: Form, provider: string | null): Form {
  return { ...form, provider: form.provider ?? provider };
}

async function clientsOf(draft: Draft, known: Client[]): Promise<Client[]> {
  const wanted = ((draft.form as { client_ids?: string[] | null }).client_ids ?? []).slice(0, 100);
  const missing = wanted.filter((id) => !known.some((client) => client.id === id));
  if (!missing.length) return known;
  return [...known, ...(await clientsById(missing))];
}

function clientsById(ids: string[]): Promise<Client[]> {
  return bodyOf(api.GET('/api/clients', { params: { query: { ids } } }));
}
