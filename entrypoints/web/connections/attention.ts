/** What in a connection somebody has to look at. */
import type { Connection } from '../api/types';

/** Who never connected and has nothing booked there misses nothing. */
export function needsAttention(connection: Connection): boolean {
  return (
    connection.standing === 'needs_reconnecting' ||
    connection.at_risk > 0 ||
    connection.calls_left === 0 ||
    Boolean(connection.last_error) ||
    missingPermissions(connection).length > 0
  );
}

/** Before somebody connects, and after the end, none is granted, and none is missed. */
export function missingPermissions({ standing, permissions }: Connection) {
  return standing === 'connected' ? permissions.filter((one) => !one.granted) : [];
}

/** Whether there is an authorization, alive or not, that can be ended. */
export function canDisconnect({ standing }: Connection): boolean {
  return standing === 'connected' || standing === 'needs_reconnecting';
}

/** Whether connecting now would mend something. */
export function shouldConnect(connection: Connection): boolean {
  return connection.standing !== 'connected' || missingPermissions(connection).length > 0;
}
