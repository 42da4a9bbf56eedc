/** A link for a new password; for a person whose account has ended, after bringing them back. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { practiceChanged } from '../api/queries';
import type { Person } from '../api/types';
import { useFirstFocus } from '../connection/use-first-focus';
import { announce } from '../shell/announcer';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import { HandedLink } from './handed-link';

export function ResetDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useWords();
  const first = useFirstFocus<HTMLParagraphElement>();
  const { name } = person;
  const kind = person.ended_at ? 'restore' : 'reset';
  const make = useMutation({
    mutationFn: async () => {
      const params = { path: { person_id: person.id } };
      if (person.ended_at) await bodyOf(api.POST('/api/people/{person_id}/restore', { params }));
      return bodyOf(api.POST('/api/people/{person_id}/reset-link', { params }));
    },
    onSuccess: () => announce(t('practice.reset.made', { name })),
    onSettled: practiceChanged,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`practice.${kind}.title`, { name })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {make.data ? (
        <Stack>
          <Text tabIndex={-1} ref={first} style={{ outline: 'none' }}>
            {t('practice.invite.hand_over', { name })}
          </Text>
          <HandedLink made={make.data} mail="reset" />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('practice.done')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack>
          {make.error && <Trouble error={make.error} />}
          <Text size="sm">{t(`practice.${kind}.text`, { name })}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('practice.cancel')}
            </Button>
            <Button loading={make.isPending} onClick={() => make.mutate()} data-autofocus>
              {t(`practice.${kind}.make`)}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
