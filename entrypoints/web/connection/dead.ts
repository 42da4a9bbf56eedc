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

function isDead({ status, upcoming }: Connection): boolean {
  return status === 'needs_reconnecting' || (status !== 'connected' && upcoming > 0);
}
