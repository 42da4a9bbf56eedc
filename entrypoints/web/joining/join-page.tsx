/** An invitation, as the invited person opens it: who invites them into which practice, their name, their password. */
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { api, bodyOf } from '../api/client';
import { Problem } from '../api/problem';
import { viewersZone } from '../session/times';
import { Loading } from '../shell/loading';
import { Outside } from '../shell/outside';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';
import { arrive } from './arrive';
import { NewPassword } from './new-password';
import { NoLink } from './no-link';
import { useToken } from './use-token';

export default function JoinPage() {
  const token = useToken();
  const { t } = useWords();
  const { data: seen, error } = useQuery({
    queryKey: ['joining', token],
    queryFn: () => bodyOf(api.POST('/api/invitations/look', { body: { token } })),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  if (error) {
    return (
      <Outside title={t('joining.no_invitation')}>
        <NoLink error={error} />
      </Outside>
    );
  }
  if (!seen) return <Loading />;
  return <Invited token={token} seen={seen} />;
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
  const { t, server, locale } = useWords();
  const [, navigate] = useLocation();
  const [name, setName] = useState(seen.name);
  const [password, setPassword] = useState('');
  const accept = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/invitations/accept', { body: { token, name, password } })),
    onSuccess: (me) => {
      arrive(me);
      tell(t('joining.welcome', { name: me.name, practice: me.practice.name }));
      navigate('/', { replace: true });
    },
  });
  const problem = accept.error instanceof Problem ? accept.error : null;
  const ruleOf = (field: string) => {
    const wrong = problem?.fields.find((one) => one.field === field);
    return wrong && server(wrong.rule);
  };
  useEffect(() => {
    const wrong = problem?.fields[0]?.field;
    if (wrong) document.querySelector<HTMLInputElement>(`form [name="${wrong}"]`)?.focus();
  }, [problem]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate();
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
            maxLength={200}
            error={ruleOf('name')}
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
