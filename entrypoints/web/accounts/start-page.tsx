/** Sets up a new practice, with the one-time link from the operator. */
import { Button, Checkbox, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, bodyOf } from '../api/client';
import { viewersZone } from '../booking/times';
import { useLimits } from '../shell/limits';
import { isTooLong } from '../shell/longest';
import { Outside } from '../shell/outside';
import { Trouble } from '../shell/trouble';
import { useRules } from '../shell/use-rules';
import { ZoneSelect } from '../shell/zone-select';
import { LANGUAGES, type Language, speak } from '../words';
import { useWords } from '../words/use-words';
import { KnownLink } from './known-link';
import { NewPassword } from './new-password';
import { useArrival } from './use-arrival';

export default function StartPage() {
  const { t } = useWords();
  return (
    <KnownLink
      kind="founding"
      look={(token) => bodyOf(api.POST('/api/foundings/look', { body: { token } }))}
      refused={t('joining.no_start')}
    >
      {(token, known) => <Founding token={token} known={known} />}
    </KnownLink>
  );
}

interface Known {
  practice: string;
  zone: string;
  language: Language | null;
  name: string;
  email: string;
  consultant: boolean;
}

function Founding({ token, known }: { token: string; known: Known }) {
  const { t, language: spoken } = useWords();
  const tooLong = useLimits();
  const arrive = useArrival();
  const [wanted, setWanted] = useState({
    ...known,
    // The browser's zone is a better default.
    zone: known.zone && known.zone !== 'UTC' ? known.zone : viewersZone(),
    language: known.language ?? (spoken as Language),
  });
  const [password, setPassword] = useState('');
  const set = (changes: Partial<typeof wanted>) => setWanted({ ...wanted, ...changes });
  const start = useMutation({
    mutationFn: () => {
      const { practice, zone, language, name, email, consultant } = wanted;
      const body = { token, practice, zone, language, name, email, consultant, password };
      return bodyOf(api.POST('/api/foundings', { body }));
    },
    onSuccess: (me) => arrive(me, t('joining.started', { practice: me.practice.name })),
  });
  const { ruleOf } = useRules(start.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isTooLong('name', wanted.practice) && !isTooLong('name', wanted.name)) start.mutate();
  };
  return (
    <Outside title={t('joining.start')}>
      <Text>{t('joining.start_text')}</Text>
      <form onSubmit={submit} noValidate>
        <Stack>
          {start.error && <Trouble error={start.error} />}
          <TextInput
            name="practice"
            label={t('practice.settings.name')}
            autoComplete="organization"
            required
            withAsterisk={false}
            error={tooLong('name', wanted.practice) ?? ruleOf('practice')}
            value={wanted.practice}
            onChange={(event) => set({ practice: event.currentTarget.value })}
          />
          <ZoneSelect label={t('practice.settings.zone')} value={wanted.zone} onChange={(zone) => set({ zone })} />
          <Select
            label={t('practice.settings.language')}
            data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
            value={wanted.language}
            allowDeselect={false}
            onChange={(value) => {
              set({ language: value as Language });
              void speak(value as Language).catch(() => {}); // English until then
            }}
          />
          <TextInput
            name="name"
            label={t('joining.name')}
            autoComplete="name"
            required
            withAsterisk={false}
            error={tooLong('name', wanted.name) ?? ruleOf('name')}
            value={wanted.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            name="email"
            label={t('joining.email')}
            description={t('joining.email_text')}
            type="email"
            autoComplete="email"
            required
            withAsterisk={false}
            error={ruleOf('email')}
            readOnly={known.email !== ''}
            value={wanted.email}
            onChange={(event) => set({ email: event.currentTarget.value })}
          />
          <NewPassword email={wanted.email} value={password} onChange={setPassword} error={ruleOf('password')} />
          <Checkbox
            label={t('practice.steps.consultant.action')}
            description={t('joining.holds_text')}
            checked={wanted.consultant}
            onChange={(event) => set({ consultant: event.currentTarget.checked })}
          />
          <Button type="submit" loading={start.isPending}>
            {t('joining.start_button')}
          </Button>
        </Stack>
      </form>
    </Outside>
  );
}
