import { Button, Divider, Group, Modal, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, bodyOf } from '../api/client';
import { meQuery, queryClient } from '../api/queries';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { useRules } from '../shell/use-rules';
import { ZoneSelect } from '../shell/zone-select';
import { LANGUAGES, type Language } from '../words';
import { useWords } from '../words/use-words';
import { Logins } from './logins';
import { SecondFactors } from './second-factors';
import { useMe } from './signed-in';

export default function AccountDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  return (
    <Modal opened onClose={onClose} title={t('account.settings')} closeButtonProps={{ 'aria-label': t('shell.close') }}>
      <Stack>
        <Preferences onSaved={onClose} />
        <Divider label={t('account.password')} />
        <Password onChanged={onClose} />
        <Divider label={t('second_factor.title')} />
        <SecondFactors />
        <Divider label={t('account.browsers')} />
        <Logins />
      </Stack>
    </Modal>
  );
}

function Preferences({ onSaved }: { onSaved: () => void }) {
  const me = useMe();
  const { t } = useWords();
  const [name, setName] = useState(me.name);
  const [zone, setZone] = useState(me.zone);
  const [language, setLanguage] = useState<string>(me.language ?? 'browser');
  const save = useMutation({
    mutationFn: () => {
      const chosen = language === 'browser' ? null : (language as Language);
      return bodyOf(api.PATCH('/api/me', { body: { name, zone, language: chosen } }));
    },
    onSuccess: (changed) => {
      queryClient.setQueryData(meQuery.queryKey, changed);
      tell(t('account.saved'));
      onSaved();
    },
  });
  const languages = [
    { value: 'browser', label: t('account.language_browser') },
    ...Object.entries(LANGUAGES).map(([value, label]) => ({ value, label })),
  ];
  return (
    <form onSubmit={submitting(save.mutate)}>
      <Stack>
        {save.error && <Trouble error={save.error} />}
        <TextInput
          label={t('account.name')}
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={t('account.language')}
          data={languages}
          value={language}
          allowDeselect={false}
          onChange={(value) => setLanguage(value ?? 'browser')}
        />
        <ZoneSelect label={t('account.zone')} value={zone} onChange={setZone} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t('account.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Password({ onChanged }: { onChanged: () => void }) {
  const { t } = useWords();
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const change = useMutation({
    mutationFn: () => api.PUT('/api/me/password', { body: { old, new: fresh } }),
    onSuccess: () => {
      tell(t('account.password_changed'));
      onChanged();
    },
  });
  const { ruleOf } = useRules(change.error);
  const toggle = { 'aria-label': t('sign_in.show_password') };
  return (
    <form onSubmit={submitting(change.mutate)}>
      <Stack>
        {change.error && <Trouble error={change.error} />}
        <PasswordInput
          label={t('account.old_password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={old}
          onChange={(event) => setOld(event.currentTarget.value)}
          visibilityToggleButtonProps={toggle}
        />
        <PasswordInput
          label={t('account.new_password')}
          description={t('account.new_password_text')}
          autoComplete="new-password"
          required
          withAsterisk={false}
          error={ruleOf('password')}
          value={fresh}
          onChange={(event) => setFresh(event.currentTarget.value)}
          visibilityToggleButtonProps={toggle}
        />
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={change.isPending}>
            {t('account.change_password')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function submitting(act: () => void) {
  return (event: FormEvent) => {
    event.preventDefault();
    act();
  };
}
