/** An invitation, as the invited person opens it: who invites them into which practice, their name, their password. */
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, bodyOf } from '../api/client';
import { viewersZone } from '../booking/times';
import { useLimits } from '../shell/limits';
import { isTooLong } from '../shell/longest';
import { Outside } from '../shell/outside';
import { Trouble } from '../shell/trouble';
import { useRules } from '../shell/use-rules';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';
import { KnownLink } from './known-link';
import { NewPassword } from './new-password';
import { useArrival } from './use-arrival';

export default function JoinPage() {
  const { t } = useWords();
  return (
    <KnownLink
      kind="joining"
      look={(token) => bodyOf(api.POST('/api/invitations/look', { body: { token } }))}
      refused={t('joining.no_invitation')}
    >
      {(token, seen) => <Invited token={token} seen={seen} />}
    </KnownLink>
  );
}

interface Seen {
  practice: string;
  invited_by: string;
  name: string;
  email: string;
  roles: string[];
  ends_at: string;
}

function Invited({ token, seen }: { token: string; seen: Seen }) {
  const { t, locale } = useWords();
  const tooLong = useLimits();
  const arrive = useArrival();
  const [name, setName] = useState(seen.name);
  const [password, setPassword] = useState('');
  const accept = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/invitations/accept', { body: { token, name, password } })),
    onSuccess: (me) => arrive(me, t('joining.welcome', { name: me.name, practice: me.practice.name })),
  });
  const { ruleOf } = useRules(accept.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isTooLong('name', name)) accept.mutate();
  };
  const role = seen.roles.length > 1 ? 'both' : seen.roles[0] === 'admin' ? 'admin' : 'consultant';
  return (
    <Outside title={t('joining.title', { practice: seen.practice })}>
      <Text>{t('joining.by', { name: seen.invited_by, practice: seen.practice })}</Text>
      <Text size="sm" c="dimmed">
        {t(`joining.as.${role}`)}
      </Text>
      <form onSubmit={submit} noValidate>
        <Stack>
          {accept.error && <Trouble error={accept.error} />}
          <TextInput
            name="name"
            label={t('joining.name')}
            description={t('joining.name_text')}
            autoComplete="name"
            required
            withAsterisk={false}
            error={tooLong('name', name) ?? ruleOf('name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput label={t('joining.email')} readOnly value={seen.email} description={t('joining.email_text')} />
          <NewPassword email={seen.email} value={password} onChange={setPassword} error={ruleOf('password')} />
          <Button type="submit" loading={accept.isPending}>
            {t('joining.accept')}
          </Button>
          <Text size="xs" c="dimmed">
            {t('joining.until', { until: momentText(seen.ends_at, viewersZone(), locale) })}
          </Text>
        </Stack>
      </form>
    </Outside>
  );
}
