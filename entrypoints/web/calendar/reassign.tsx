import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import type { Session } from '../api/types';
import { useMeetingWords } from '../meeting/meeting';
import { useWords } from '../words/use-words';

interface Asking {
  session: Session;
  name: string;
  when: string;
  onAnswer: (yes: boolean) => void;
}

/** Before a session goes to another consultant. */
export function Reassign({ session, name, when, onAnswer }: Asking) {
  const { t } = useWords();
  const { label } = useMeetingWords()(session);
  const words = { title: session.title || t('form.untitled'), name, when, from: session.consultant, label };
  return (
    <Modal
      opened
      zIndex={320}
      onClose={() => onAnswer(false)}
      title={t('moving.give_title', words)}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Stack>
        <Text>{t('moving.give_ask', words)}</Text>
        {session.online && (
          <List size="sm" spacing={4}>
            <List.Item>{t('moving.give_meeting', words)}</List.Item>
            <List.Item>{t('moving.give_link')}</List.Item>
          </List>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onAnswer(false)} data-autofocus>
            {t('moving.give_no')}
          </Button>
          <Button onClick={() => onAnswer(true)}>{t('moving.give_yes', words)}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
