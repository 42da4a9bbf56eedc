/** The sessions that a person who left still has. */
import { Button, Group, Modal, Stack } from '@mantine/core';
import type { Person } from '../api/types';
import { useWords } from '../words/use-words';
import { UpcomingSessions } from './upcoming-sessions';

export function ReassignDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useWords();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('practice.ending.reassign_title', { name: person.name })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
      size="lg"
    >
      <Stack>
        <UpcomingSessions person={person} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('practice.done')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
