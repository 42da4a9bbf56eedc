/** The rows of a picker: existing rows keep their places when late answers arrive. */
import type { Client } from '../api/types';
import { matches } from './folding.ts';

export function narrowed(shown: Client[], typed: string): Client[] {
  return shown.filter((client) => matches(typed, client.name, client.email, client.phone ?? ''));
}

/** The rows that still match stay in their order; the answer's others follow. */
export function joined(shown: Client[], typed: string, answer: Client[]): Client[] {
  const known = new Map(answer.map((client) => [client.id, client]));
  const kept = narrowed(shown, typed).map((client) => known.get(client.id) ?? client);
  const ids = new Set(kept.map((client) => client.id));
  return [...kept, ...answer.filter((client) => !ids.has(client.id))];
}
