/** Looks up the client who has an address, while it is typed and again when the form is sent. */
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { clientsWithEmailQuery } from '../api/client-queries';
import { queryClient } from '../api/queries';
import type { Client } from '../api/types';

const WHOLE = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** `but`: whose address it may well be. */
export function useKnownByEmail(email: string, but?: string) {
  const typed = email.trim();
  const [paused] = useDebouncedValue(typed, 250);
  const [sent, setSent] = useState('');
  const settled = WHOLE.test(typed) && (typed === paused || typed === sent);
  const { data = [] } = useQuery({ ...clientsWithEmailQuery(typed), enabled: settled });
  const clients = settled ? others(data, but) : [];
  /** Calls `send` if no other client has the address, or after offering that client. People are faster than the pause;
   * without an answer, the request itself reports the failure. */
  const afterOffering = (send: () => void) => {
    if (!WHOLE.test(typed) || clients.length) return send();
    const asked = queryClient.fetchQuery({ ...clientsWithEmailQuery(typed), staleTime: 0 });
    void asked
      .catch((): Client[] => [])
      .then((found) => {
        setSent(typed);
        if (!others(found, but).length) send();
      });
  };
  return { clients, afterOffering };
}

function others(found: Client[], but?: string): Client[] {
  return found.filter((one) => one.id !== but);
}
