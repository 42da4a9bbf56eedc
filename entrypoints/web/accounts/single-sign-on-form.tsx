/** Sets the practice's identity provider. Nothing is saved before the provider has answered as it must. */
import { Button, Checkbox, Group, MultiSelect, PasswordInput, Stack, TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, bodyOf } from '../api/client';
import { peopleQuery, practiceChanged, queryClient, singleSignOnQuery } from '../api/queries';
import type { SingleSignOn } from '../api/types';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { useRules } from '../shell/use-rules';
import { useWords } from '../words/use-words';
import { useMe } from './signed-in';
import { Address } from './single-sign-on';

export function SingleSignOnForm({ shown, onClose }: { shown: SingleSignOn; onClose: () => void }) {
  const me = useMe();
  const { t } = useWords();
  const { data: people = [] } = useQuery(peopleQuery);
  const { provider } = shown;
  const [form, setForm] = useState({
    issuer: provider?.issuer ?? '',
    client_id: provider?.client_id ?? '',
    client_secret: '',
    domains: provider?.domains ?? [domainOf(me.email)],
    required: provider?.required ?? false,
    break_glass: provider?.break_glass.length ? provider.break_glass : [me.id],
  });
  const put = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }));
  const admins = people.filter((one) => one.roles.includes('admin') && !one.ended_at);
  const save = useMutation({
    mutationFn: () => {
      const known = form.break_glass.filter((id) => admins.some((one) => one.id === id));
      const body = { ...form, client_secret: form.client_secret || null, break_glass: known };
      return bodyOf(api.PUT('/api/practice/single-sign-on', { body }));
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(singleSignOnQuery.queryKey, saved);
      practiceChanged();
      tell(t('practice.sign_on.saved'));
      onClose();
    },
  });
  const { ruleOf } = useRules(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} noValidate aria-label={t('practice.sign_on.title')}>
      <Stack>
        {save.error && <Trouble error={save.error} />}
        <Address label={t('practice.sign_on.callback_address')} address={shown.callback_address} />
        <TextInput
          label={t('practice.sign_on.issuer')}
          description={t('practice.sign_on.issuer_text')}
          type="url"
          data-autofocus
          error={ruleOf('issuer')}
          value={form.issuer}
          onChange={(event) => put({ issuer: event.currentTarget.value })}
        />
        <TextInput
          label={t('practice.sign_on.client_id')}
          autoComplete="off"
          error={ruleOf('client_id')}
          value={form.client_id}
          onChange={(event) => put({ client_id: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('practice.sign_on.client_secret')}
          description={t(provider ? 'practice.sign_on.client_secret_kept' : 'practice.sign_on.client_secret_text')}
          autoComplete="off"
          error={ruleOf('client_secret')}
          value={form.client_secret}
          onChange={(event) => put({ client_secret: event.currentTarget.value })}
          visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show_password') }}
        />
        <TagsInput
          label={t('practice.sign_on.domains')}
          description={t('practice.sign_on.domains_text')}
          acceptValueOnBlur
          splitChars={[',', ' ', ';']}
          error={ruleOf('domains')}
          value={form.domains}
          onChange={(domains) => put({ domains })}
        />
        <Checkbox
          label={t('practice.sign_on.required')}
          description={t('practice.sign_on.required_text')}
          checked={form.required}
          onChange={(event) => put({ required: event.currentTarget.checked })}
        />
        {form.required && (
          <MultiSelect
            label={t('practice.sign_on.break_glass')}
            description={t('practice.sign_on.break_glass_text')}
            data={admins.map((one) => ({ value: one.id, label: one.name }))}
            error={ruleOf('break_glass')}
            value={form.break_glass}
            onChange={(chosen) => put({ break_glass: chosen })}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('practice.sign_on.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('practice.sign_on.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}
