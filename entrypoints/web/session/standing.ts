/** How a consultant stands with a provider, as far as a session form has to know. */
import type { Connection, Consultant } from '../api/types';

export function connectionOf(consultant: Consultant | undefined, provider: string | null): Connection | undefined {
  return consultant?.connections.find((one) => one.provider === provider);
}

export function isConnected(consultant: Consultant | undefined, provider: string | null): boolean {
  return connectionOf(consultant, provider)?.standing === 'connected';
}
