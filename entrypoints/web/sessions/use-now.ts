import { useDocumentVisibility } from '@mantine/hooks';
import { useEffect, useState } from 'react';

const STALE = 15 * 60_000; // milliseconds

/** The moment from which past and to come are told apart. It stands still while somebody reads, and catches up when
 * they come back to the page. */
export function useNow(): string {
  const [now, setNow] = useState(() => new Date().toISOString());
  const visible = useDocumentVisibility() === 'visible';
  useEffect(() => {
    if (visible) setNow((before) => (Date.now() - Date.parse(before) > STALE ? new Date().toISOString() : before));
  }, [visible]);
  return now;
}
