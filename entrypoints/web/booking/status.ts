/** How a consultant stands with a provider, as far as a session form has to know. */
import type { Connection, Consultant } from '../api/types';

export function connectionOf(consultant: Consultant | undefined, provider: string | null): Connection | undefined {
  return consultant?.connections.find((one) => one.provider === provider);
}

/** After how many minutes the host's plan ends a meeting of this length; null where it lasts. */
export function cutOffAt(consultant: Consultant | undefined, provider: string | null, minutes: number): number | null {
  const longest = connectionOf(consultant, provider)?.longest_meeting;
  return longest && minutes > longest ? longest : null;
}

export function isConnected(consultant: Consultant | undefined, provider: string | null): boolean {
  const connection = connectionOf(consultant, provider);
  return connection?.status === 'connected' && connection.set_up;
}
