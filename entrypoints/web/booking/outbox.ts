/**
 * Drafts of session forms that have not reached the server, stored in this browser.
 *
 * Each entry is written at once, so that a crash or a closed tab loses nothing, and lies here only until the server has
 * it. Its key names the account, so no other account's page reads it. An entry that deletes a draft stays until the
 * server has deleted it, so that a form that was discarded during an outage does not come back.
 */
import { api } from '../api/client';
import { Problem } from '../api/problem';
import { draftsQuery, queryClient } from '../api/queries';
import type { Draft } from '../api/types';
import type { Field, Form } from './form';

export interface Typed {
  /** The form, including incomplete fields; only `fields` differ from the start. */
  form: Form;
  fields: Field[];
}

/** A draft of this browser. `form` is the part that the server stores. */
export interface KeptHere extends Draft {
  typed: Typed;
}

type Entry = { keep: KeptHere } | { forget: string };

const PREFIX = 'calendra-draft/';
const CHANGED = 'calendra:outbox';
const LOCK = 'calendra-drafts';

let queue: Promise<void> = Promise.resolve();

/** False when this browser cannot keep it: storage is full or switched off. */
export function keepHere(account: string, draft: KeptHere): boolean {
  return write(account, draft.id, { keep: draft });
}

/** A discarded draft must not come back, neither from here nor from the server. */
export function forgetHere(account: string, id: string): boolean {
  return write(account, id, { forget: id });
}

/** Withdraws a deletion that has not reached the server. */
export function unforgetHere(account: string, id: string) {
  if (!isKeptHere(account, id)) remove(`${PREFIX}${account}/${id}`);
}

export function isKeptHere(account: string, id: string): boolean {
  return keptHere(account).some((draft) => draft.id === id);
}

export function keptHere(account: string): KeptHere[] {
  return entriesOf(account).flatMap(({ entry }) => ('keep' in entry ? [entry.keep] : []));
}

/** The drafts of the server with those of this browser laid over them, newest first. */
export function withThoseHere(account: string, drafts: Draft[]): (Draft | KeptHere)[] {
  const entries = entriesOf(account).map(({ entry }) => entry);
  const ids = new Set(entries.map((entry) => ('keep' in entry ? entry.keep.id : entry.forget)));
  const all = [...keptHere(account), ...drafts.filter((draft) => !ids.has(draft.id))];
  return all.sort((one, other) => Date.parse(other.saved_at) - Date.parse(one.saved_at));
}

export function isHere(draft: Draft | KeptHere): draft is KeptHere {
  return 'typed' in draft;
}

/** Sends all that lies here, one after the other, in one tab at a time. Rejects with the first thing that stops it. */
export function sendOutbox(account: string): Promise<void> {
  const sending = queue.then(() => oneTabAtATime(() => send(account)));
  queue = sending.catch(() => {});
  return sending;
}

/** The account whose drafts stay in this browser: the one that is signed in here. Null: none. */
export function keepOnlyOf(account: string | null) {
  for (const key of keys()) if (!account || !key.startsWith(`${PREFIX}${account}/`)) remove(key);
}

/** Called when something was written here, by this tab or by another one. Returns how to stop it. */
export function watchOutbox(seen: () => void): () => void {
  const elsewhere = (event: StorageEvent) => {
    if (!event.key || event.key.startsWith(PREFIX)) seen();
  };
  window.addEventListener(CHANGED, seen);
  window.addEventListener('storage', elsewhere);
  return () => {
    window.removeEventListener(CHANGED, seen);
    window.removeEventListener('storage', elsewhere);
  };
}

async function send(account: string) {
  let sent = false;
  try {
    for (const { key, raw, entry } of entriesOf(account)) {
      try {
        await ('keep' in entry ? putDraft(entry.keep) : deleteDraft(entry.forget));
        sent = true;
        if (localStorage.getItem(key) === raw) remove(key); // else more was typed meanwhile
      } catch (error) {
        if (!isRefused(error)) throw error;
      }
    }
  } finally {
    if (sent) await queryClient.invalidateQueries(draftsQuery);
  }
}

export async function putDraft({ id, booking_id, form }: Draft) {
  const body = { booking_id, form: form as Record<string, never> };
  await api.PUT('/api/drafts/{draft_id}', { params: { path: { draft_id: id } }, body });
}

export async function deleteDraft(id: string) {
  await api.DELETE('/api/drafts/{draft_id}', { params: { path: { draft_id: id } } });
}

/** One draft that is refused, for example because it is too long, does not hold up the others. */
function isRefused(error: unknown): boolean {
  return error instanceof Problem && [400, 404, 422].includes(error.status);
}

async function oneTabAtATime(act: () => Promise<void>): Promise<void> {
  // Browsers offer locks only where the connection is safe; elsewhere two tabs may send the same draft twice.
  if (!navigator.locks) return act();
  await navigator.locks.request(LOCK, act);
}

function write(account: string, id: string, entry: Entry): boolean {
  try {
    localStorage.setItem(`${PREFIX}${account}/${id}`, JSON.stringify(entry));
    window.dispatchEvent(new Event(CHANGED));
    return true;
  } catch {
    return false;
  }
}

function remove(key: string) {
  localStorage.removeItem(key);
  window.dispatchEvent(new Event(CHANGED));
}

function entriesOf(account: string): { key: string; raw: string; entry: Entry }[] {
  const own = keys().filter((key) => key.startsWith(`${PREFIX}${account}/`));
  return own.flatMap((key) => {
    const raw = localStorage.getItem(key) ?? '';
    try {
      return [{ key, raw, entry: JSON.parse(raw) as Entry }];
    } catch {
      return []; // a release before this one wrote it differently
    }
  });
}

function keys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return []; // storage is switched off
  }
}
