/** Connections that ended, or that are missing although sessions depend on them. */
import type { Connection, Consultant } from '../api/types';

export interface Dead {
  consultant: Consultant;
  connection: Connection;
}

export function deadAmong(consultants: Consultant[]): Dead[] {
  return consultants.flatMap((consultant) =>
    consultant.connections.filter(isDead).map((connection) => ({ consultant, connection })),
  );
}

/** Where the provider is no longer set up, connecting mends nothing. */
function isDead({ set_up, status, upcoming }: Connection): boolean {
  return set_up && (status === 'needs_reconnecting' || (status !== 'connected' && upcoming > 0));
}
