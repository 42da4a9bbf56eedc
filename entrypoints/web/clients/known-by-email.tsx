import { Button, Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { clientsWithEmailQuery, forgetClients } from '../api/client-queries';
import type { Client } from '../api/types';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';

const WHOLE = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

interface Known {
  email: string;
  /** Who it is, restored when they were archived. */
  onChoose: (client: Client) => void;
  /** Whose address it may well be. */
  but?: string;
}

/** Offers whoever has this address already, so that nobody is added twice. */
export function KnownByEmail({ email, onChoose, but }: Known) {
  const { t } = useWords();
  const [settled] = useDebouncedValue(email.trim(), 250);
  const { data = [] } = useQuery({ ...clientsWithEmailQuery(settled), enabled: WHOLE.test(settled) });
  const restore = useMutation({
    mutationFn: (client: Client) =>
      client.archived_at
        ? bodyOf(api.POST('/api/clients/{client_id}/restore', { params: { path: { client_id: client.id } } }))
        : Promise.resolve(client),
    onSuccess: (client) => {
      forgetClients();
      onChoose(client);
    },
  });
  const known = WHOLE.test(settled) && settled === email.trim() ? data.filter((one) => one.id !== but) : [];
  return (
    <div role="status">
      {restore.error && <Trouble error={restore.error} />}
      {known.map((client) => (
        <Group key={client.id} gap="xs" justify="space-between" wrap="nowrap" data-testid="known-client">
          <Text size="sm">
            {t(client.archived_at ? 'clients.known_archived' : 'clients.known', { name: client.name })}
          </Text>
          <Button size="xs" variant="light" loading={restore.isPending} onClick={() => restore.mutate(client)}>
            {t(client.archived_at ? 'clients.restore_and_choose' : 'clients.choose', { name: client.name })}
          </Button>
        </Group>
      ))}
    </div>
  );
}
