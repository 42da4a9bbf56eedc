/**
 * The coming week of the signed-in account, kept in this browser to be read without a network.
 *
 * Only the times and places of sessions: no notes, no addresses, no join links. It goes with the sign-in, and
 * with the first page of another account.
 */
import type { Me, Session } from '../api/types';

export interface KeptSession {
  id: string;
  title: string;
  starts_at: string;
  ends_at: string;
  consultant: string;
  clients: string[];
  online: boolean;
}

export interface KeptWeek {
  account: string;
  zone: string;
  language: string | null;
  /** When it was read from the server. */
  at: string;
  sessions: KeptSession[];
}

const PLACE = 'calendra-week';
export const DAYS = 7;

let ended = false;

export function keepWeek(me: Me, sessions: Session[]) {
  if (ended) return;
  const kept: KeptWeek = {
    account: me.id,
    zone: me.practice.zone,
    language: me.language ?? null,
    at: new Date().toISOString(),
    sessions: sessions.map(({ id, title, starts_at, ends_at, consultant, clients, online }) => ({
      ...{ id, title, starts_at, ends_at, consultant, online },
      clients: clients.map((client) => client.name),
    })),
  };
  try {
    localStorage.setItem(PLACE, JSON.stringify(kept));
  } catch {
    forgetWeek(); // rather none than an old one
  }
}

/** Null when there is none, or when all of it is over. */
export function keptWeek(): KeptWeek | null {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? 'null') as KeptWeek | null;
    return kept && Date.now() - Date.parse(kept.at) < DAYS * 86_400_000 ? kept : null;
  } catch {
    return null;
  }
}

/** With the sign-in: an answer that comes later must not bring it back. */
export function endWeek() {
  ended = true;
  forgetWeek();
}

export function forgetWeek() {
  try {
    localStorage.removeItem(PLACE);
  } catch {
    // Storage is switched off: there is none.
  }
}
