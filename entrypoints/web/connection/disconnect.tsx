/** Ending a connection, with a preview of the effect on each upcoming session. */
import { Button, Group, Modal, Radio, Skeleton, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client';
import { consultantsQuery, disconnectPreviewQuery, queryClient } from '../api/queries';
import type { Connection, Consultant } from '../api/types';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import classes from './connections.module.css';
import { DisconnectPreview } from './disconnect-preview';
import { showEnded } from './ended-dialog';
import { useConnectionWords } from './use-connection-words';
import { useEndingWords } from './use-ending-words';

export const CHOICES = ['keep', 'remove'] as const;
export type Meetings = (typeof CHOICES)[number];

interface Ending {
  consultant: Consultant;
  connection: Connection;
  /** The button that opened this is gone afterwards: the keyboard needs another place. */
  onDone: () => void;
}

export function Disconnect(ending: Ending) {
  const { t } = useWords();
  const [opened, dialog] = useDisclosure();
  const { whose, words } = useConnectionWords()(ending.consultant, ending.connection);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        onClick={dialog.open}
        aria-label={whose === 'theirs' ? t('connections.disconnect.open_of', words) : undefined}
      >
        {t('connections.disconnect.open')}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t(`connections.disconnect.title_${whose}`, words)}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
        size="lg"
      >
        <Asking {...ending} onClose={dialog.close} />
      </Modal>
    </>
  );
}

function Asking({ consultant, connection, onDone, onClose }: Ending & { onClose: () => void }) {
  const { t } = useWords();
  const { whose, words } = useConnectionWords()(consultant, connection);
  const endingWords = useEndingWords();
  const [meetings, setMeetings] = useState<Meetings>('keep');
  const { data: affected, error } = useQuery(disconnectPreviewQuery(connection.provider, consultant.id));
  const end = useMutation({
    mutationFn: () => {
      const params = {
        path: { provider: connection.provider, consultant_id: consultant.id },
        query: { meetings },
      };
      return bodyOf(api.DELETE('/api/connections/{provider}/{consultant_id}', { params }));
    },
    onSuccess: async (ending) => {
      void queryClient.invalidateQueries({ queryKey: ['sessions'] });
      void queryClient.invalidateQueries({ queryKey: ['session'] });
      await queryClient.invalidateQueries({ queryKey: consultantsQuery.queryKey });
      const title = t(`connections.disconnect.${ending.revocation === 'pending' ? 'asked' : 'done'}_${whose}`, words);
      if (endingWords(ending, connection.label, connection.set_up).done) tell(title);
      else showEnded({ provider: connection.provider, title, ending });
      onClose();
      onDone();
    },
  });
  // Without an authorization nothing can be deleted there, so there is nothing to choose.
  const gone = !connection.set_up || connection.status === 'needs_reconnecting';
  return (
    <Stack>
      {end.error && <Trouble error={end.error} />}
      {error && <Trouble error={error} />}
      <Text size="sm">
        {t(connection.set_up ? 'connections.disconnect.text' : 'connections.disconnect.text_not_set_up', words)}
      </Text>
      {!affected && !error && <Skeleton height={120} radius="md" role="status" aria-label={t('shell.loading')} />}
      {affected?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('connections.disconnect.nothing', words)}
        </Text>
      )}
      {affected && affected.length > 0 && (
        <>
          {gone ? (
            <Text size="sm">{t('connections.disconnect.gone', words)}</Text>
          ) : (
            <Choice meetings={meetings} onChange={setMeetings} label={connection.label} count={affected.length} />
          )}
          <DisconnectPreview affected={affected} meetings={meetings} />
        </>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t(gone ? 'connections.disconnect.no_gone' : 'connections.disconnect.no')}
        </Button>
        <Button color="red" disabled={!affected} loading={end.isPending} onClick={() => end.mutate()}>
          {t('connections.disconnect.yes')}
        </Button>
      </Group>
    </Stack>
  );
}

interface Choosing {
  meetings: Meetings;
  onChange: (meetings: Meetings) => void;
  label: string;
  count: number;
}

/** What happens to the meetings of a connection that ends. */
export function Choice({ meetings, onChange, label, count }: Choosing) {
  const { t } = useWords();
  return (
    <Radio.Group
      label={t('connections.disconnect.upcoming', { label, count })}
      value={meetings}
      onChange={(value) => onChange(value as Meetings)}
    >
      <div className={classes.choices}>
        {CHOICES.map((one) => (
          <Radio.Card key={one} value={one} className={classes.choice} p="sm">
            <Group wrap="nowrap" gap="sm" align="flex-start">
              <Radio.Indicator />
              <div>
                <Text size="sm" fw={600}>
                  {t(`connections.disconnect.${one}`)}
                </Text>
                <Text size="xs" c="dimmed">
                  {t(`connections.disconnect.${one}_text`, { label })}
                </Text>
              </div>
            </Group>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
