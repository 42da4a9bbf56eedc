/** The form by which a colleague is invited, and the link that comes of it. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, bodyOf } from '../api/client';
import { practiceChanged } from '../api/queries';
import type { MadeInvitation, Role } from '../api/types';
import { useCreationKey } from '../api/use-creation-key';
import { useFirstFocus } from '../connection/use-first-focus';
import { announce } from '../shell/announcer';
import { useLimits } from '../shell/limits';
import { isTooLong } from '../shell/longest';
import { Trouble } from '../shell/trouble';
import { useRules } from '../shell/use-rules';
import { useWords } from '../words/use-words';
import { HandedLink } from './handed-link';
import { RoleChoice } from './role-choice';

const NOBODY = { name: '', email: '', roles: ['consultant'] as Role[] };

export default function Inviting({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const tooLong = useLimits();
  const [person, setPerson] = useState(NOBODY);
  const { keyOf, done } = useCreationKey();
  const invite = useMutation({
    mutationFn: () => {
      const params = { header: { 'Idempotency-Key': keyOf(person) } };
      return bodyOf(api.POST('/api/invitations', { params, body: person }));
    },
    onSuccess: (made) => {
      done();
      practiceChanged();
      announce(t('practice.invite.made', { name: made.name }));
    },
  });
  const { ruleOf } = useRules(invite.error);
  if (invite.data) return <Made made={invite.data} onClose={onClose} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isTooLong('name', person.name)) invite.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {invite.error && <Trouble error={invite.error} />}
        <Text size="sm">{t('practice.invite.text')}</Text>
        <TextInput
          name="name"
          label={t('practice.invite.name')}
          required
          withAsterisk={false}
          autoComplete="off"
          data-autofocus
          error={tooLong('name', person.name) ?? ruleOf('name')}
          value={person.name}
          onChange={(event) => setPerson({ ...person, name: event.currentTarget.value })}
        />
        <TextInput
          name="email"
          label={t('practice.invite.email')}
          description={t('practice.invite.email_text')}
          type="email"
          required
          withAsterisk={false}
          autoComplete="off"
          error={ruleOf('email')}
          value={person.email}
          onChange={(event) => setPerson({ ...person, email: event.currentTarget.value })}
        />
        <RoleChoice value={person.roles} onChange={(roles) => setPerson({ ...person, roles })} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('practice.cancel')}
          </Button>
          <Button type="submit" loading={invite.isPending} disabled={!person.roles.length}>
            {t('practice.invite.make')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function Made({ made, onClose }: { made: MadeInvitation; onClose: () => void }) {
  const { t } = useWords();
  const first = useFirstFocus<HTMLParagraphElement>();
  return (
    <Stack>
      <Text tabIndex={-1} ref={first} style={{ outline: 'none' }}>
        {t('practice.invite.hand_over', { name: made.name })}
      </Text>
      <HandedLink made={made} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('practice.done')}
        </Button>
      </Group>
    </Stack>
  );
}
