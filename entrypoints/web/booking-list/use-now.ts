import { useDocumentVisibility } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { nowText, now as present } from '../words/now';

const STALE = 15 * 60_000; // milliseconds

/** The moment from which past and to come are told apart. It stands still while somebody reads, and catches up when
 * they come back to the page. */
export function useNow(): string {
  const [now, setNow] = useState(nowText);
  const visible = useDocumentVisibility() === 'visible';
  useEffect(() => {
    if (visible) setNow((before) => (present() - Date.parse(before) > STALE ? nowText() : before));
  }, [visible]);
  return now;
}
