/** After disconnecting, when something is left to do at the provider. The card that asked may be gone by then. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queryClient } from '../api/queries';
import { useWords } from '../words/use-words';
import { EndingText } from './ending-text';
import type { Ending } from './use-ending-words';

interface Ended {
  provider: string;
  title: string;
  ending: Ending;
}

const KEY = ['connection-ended'];

export function showEnded(ended: Ended) {
  queryClient.setQueryData<Ended | null>(KEY, ended);
}

export function EndedDialog() {
  const { t } = useWords();
  const { data: ended } = useQuery<Ended | null>({ queryKey: KEY, queryFn: () => null, enabled: false });
  const close = () => queryClient.setQueryData<Ended | null>(KEY, null);
  return (
    <Modal
      opened={Boolean(ended)}
      onClose={close}
      title={ended?.title}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
      size="lg"
    >
      {ended && (
        <Stack>
          <Text size="sm">{t('connections.ending.here')}</Text>
          <EndingText provider={ended.provider} ending={ended.ending} />
          <Group justify="flex-end">
            <Button onClick={close} data-autofocus>
              {t('shell.close')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
