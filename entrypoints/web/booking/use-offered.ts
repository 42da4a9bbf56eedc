/** The list of clients while a person types. */
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { clientsQuery } from '../api/client-queries';
import type { Client } from '../api/types';
import { joined, narrowed } from '../clients/offered';

const PAUSE = 150; // milliseconds without a further letter

/**
 * The rows that are shown keep their places while one types on; an answer adds at the end. Each answer belongs to the
 * text that it was asked for, so one that comes late for an older text changes nothing. `best` is what Enter takes.
 */
export function useOffered(text: string, taken: (id: string) => boolean) {
  const [settled] = useDebouncedValue(text.trim(), PAUSE);
  const { data, isFetching } = useQuery(clientsQuery(settled));
  const [shown, setShown] = useState<Client[]>([]);
  const typed = text.trim();
  const answered = settled === typed && data !== undefined;
  useEffect(() => {
    if (answered) setShown((present) => (typed ? joined(present, typed, data) : data));
  }, [answered, typed, data]);
  const free = (clients: Client[]) => clients.filter((client) => !taken(client.id));
  return {
    offered: free(narrowed(shown, typed)),
    best: answered ? free(data)[0]?.id : undefined,
    asking: !answered || isFetching,
  };
}
