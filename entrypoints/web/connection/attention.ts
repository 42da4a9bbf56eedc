/** The parts of a connection that need attention. */
import type { Connection } from '../api/types';

/** A person who never connected and has no session there needs nothing. */
export function needsAttention(connection: Connection): boolean {
  return (
    !connection.set_up ||
    connection.status === 'needs_reconnecting' ||
    connection.at_risk > 0 ||
    connection.calls_left === 0 ||
    Boolean(connection.last_error) ||
    missingPermissions(connection).length > 0
  );
}

/** Before a person connects, and after the end, no permission is granted, and none is missing. */
export function missingPermissions({ status, permissions }: Connection) {
  return status === 'connected' ? permissions.filter((one) => !one.granted) : [];
}

/** Whether there is an authorization, alive or not, that can be ended. */
export function canDisconnect({ status }: Connection): boolean {
  return status === 'connected' || status === 'needs_reconnecting';
}

/** Whether connecting now would mend something. */
export function shouldConnect(connection: Connection): boolean {
  return connection.set_up && (connection.status !== 'connected' || missingPermissions(connection).length > 0);
}
