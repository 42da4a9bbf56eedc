/** Removes the second factor of a person who can no longer prove it. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api } from '../api/client';
import { practiceChanged } from '../api/queries';
import type { Person } from '../api/types';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';

export function FactorDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useWords();
  const { name } = person;
  const reset = useMutation({
    mutationFn: () =>
      api.DELETE('/api/people/{person_id}/second-factor', { params: { path: { person_id: person.id } } }),
    onSuccess: () => {
      practiceChanged();
      tell(t('practice.factor.done', { name }));
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('practice.factor.title', { name })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Stack>
        {reset.error && <Trouble error={reset.error} />}
        <Text size="sm">{t('practice.factor.text', { name })}</Text>
        <Text size="sm">{t('practice.factor.sure', { name })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('practice.cancel')}
          </Button>
          <Button color="red" loading={reset.isPending} onClick={() => reset.mutate()}>
            {t('practice.factor.reset')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
