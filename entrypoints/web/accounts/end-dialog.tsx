/** Ending the account of a person who leaves, with a preview of what happens to sessions and meetings. */
import { Alert, Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client';
import { endingPreviewQuery, practiceChanged, queryClient } from '../api/queries';
import type { EndedAccount, EndingPreview, Person } from '../api/types';
import { Choice, type Meetings } from '../connection/disconnect';
import { DisconnectPreview } from '../connection/disconnect-preview';
import { EndingText } from '../connection/ending-text';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import { useMe } from './signed-in';
import { UpcomingSessions } from './upcoming-sessions';

interface Leaving {
  person: Person;
  onClose: () => void;
}

export function EndDialog({ person, onClose }: Leaving) {
  const { t } = useWords();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('practice.ending.title', { name: person.name })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
      size="lg"
    >
      <Asking person={person} onClose={onClose} />
    </Modal>
  );
}

function Asking({ person, onClose }: Leaving) {
  const me = useMe();
  const { t } = useWords();
  const [meetings, setMeetings] = useState<Meetings>('keep');
  const { data: preview, error } = useQuery(endingPreviewQuery(person.id));
  const end = useMutation({
    mutationFn: () => {
      const params = { path: { person_id: person.id } };
      return bodyOf(api.POST('/api/people/{person_id}/end', { params, body: { meetings } }));
    },
    onSuccess: (ended) => {
      if (person.id === me.id) {
        window.location.assign('/sign-in');
        return;
      }
      practiceChanged();
      void queryClient.invalidateQueries({ queryKey: ['sessions'] });
      void queryClient.invalidateQueries({ queryKey: ['session'] });
      tell(t('practice.ending.done', { name: person.name }));
      if (!leftToDo(ended).length) onClose();
    },
  });
  if (end.data && person.id !== me.id) return <LeftToDo ended={end.data} onClose={onClose} />;
  const { name } = person;
  return (
    <Stack>
      {end.error && <Trouble error={end.error} />}
      {error && <Trouble error={error} />}
      {preview?.last_admin && <Alert color="orange" title={t('practice.ending.last_admin')} />}
      <Text size="sm">{t(person.id === me.id ? 'practice.ending.text_own' : 'practice.ending.text', { name })}</Text>
      {!preview && !error && <Skeleton height={120} radius="md" role="status" aria-label={t('shell.loading')} />}
      {preview && <UpcomingSessions person={person} />}
      {preview && preview.sessions.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('practice.ending.stay')}
        </Text>
      )}
      {preview && <Connections preview={preview} meetings={meetings} onChange={setMeetings} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('practice.cancel')}
        </Button>
        <Button
          color="red"
          disabled={!preview || preview.last_admin}
          loading={end.isPending}
          onClick={() => end.mutate()}
        >
          {t('practice.ending.yes')}
        </Button>
      </Group>
    </Stack>
  );
}

interface Choosing {
  preview: EndingPreview;
  meetings: Meetings;
  onChange: (meetings: Meetings) => void;
}

function Connections({ preview, meetings, onChange }: Choosing) {
  const { t } = useWords();
  const label = preview.connections.map((one) => one.label).join(', ');
  const affected = preview.connections.flatMap((one) => one.affected);
  if (!label) return null;
  const chooses = affected.some((one) => one.on_remove === 'removed');
  return (
    <>
      <Text size="sm">{t('practice.ending.connections', { label })}</Text>
      {chooses && <Choice meetings={meetings} onChange={onChange} label={label} count={affected.length} />}
      {affected.length > 0 && <DisconnectPreview affected={affected} meetings={meetings} />}
    </>
  );
}

function leftToDo(ended: EndedAccount) {
  return ended.connections.filter((one) => one.revocation !== 'confirmed' || one.meetings_left > 0);
}

function LeftToDo({ ended, onClose }: { ended: EndedAccount; onClose: () => void }) {
  const { t } = useWords();
  return (
    <Stack>
      <Text size="sm">{t('practice.ending.done', { name: ended.person.name })}</Text>
      {leftToDo(ended).map((one) => (
        <EndingText key={one.provider} provider={one.provider} ending={one} />
      ))}
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          {t('shell.close')}
        </Button>
      </Group>
    </Stack>
  );
}
