import { Button, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { connectionHistoryQuery } from '../api/queries';
import type { Consultant } from '../api/types';
import { HistoryLines } from '../booking/history';
import { Loading } from '../shell/loading';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';

export function ConnectionHistory({ consultant }: { consultant: Consultant }) {
  const { t } = useWords();
  const [opened, dialog] = useDisclosure();
  const words = { name: consultant.name };
  return (
    <>
      <Button
        size="xs"
        variant="subtle"
        color="gray"
        leftSection={<IconHistory size={15} />}
        aria-label={t('connections.history.show_of', words)}
        onClick={dialog.open}
      >
        {t('connections.history.show')}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t('connections.history.title', words)}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
        size="lg"
      >
        <Lines consultantId={consultant.id} />
      </Modal>
    </>
  );
}

function Lines({ consultantId }: { consultantId: string }) {
  const { t } = useWords();
  const { data: lines, error } = useQuery(connectionHistoryQuery(consultantId));
  if (error) return <Trouble error={error} />;
  if (!lines) return <Loading />;
  if (!lines.length) return <Text c="dimmed">{t('connections.history.empty')}</Text>;
  return <HistoryLines lines={lines} />;
}
