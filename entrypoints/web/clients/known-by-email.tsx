import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { forgetClients } from '../api/client-queries';
import type { Client } from '../api/types';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';

interface Known {
  known: Client[];
  /** The client with this address, restored if archived. */
  onChoose: (client: Client) => void;
}

/** Offers the client who has this address already, so that no client is added twice. */
export function KnownByEmail({ known, onChoose }: Known) {
  const { t } = useWords();
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
