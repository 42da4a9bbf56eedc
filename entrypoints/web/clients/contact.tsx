import { Anchor, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, bodyOf } from '../api/client';
import { forgetClients } from '../api/client-queries';
import type { Client, KnownClient } from '../api/types';
import { useLimits } from '../shell/limits';
import { isTooLong } from '../shell/longest';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { useRules } from '../shell/use-rules';
import { useWords } from '../words/use-words';
import classes from './clients.module.css';
import { KnownByEmail } from './known-by-email';
import { useKnownByEmail } from './use-known-by-email';

/** Name, address and number, and the way to correct them. */
export function Contact({ client }: { client: KnownClient }) {
  const { t } = useWords();
  const [editing, setEditing] = useState(false);
  return (
    <section className={classes.card} aria-labelledby="contact">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="sm" id="contact">
          {t('clients.contact')}
        </Title>
        {!editing && (
          <Button size="xs" variant="subtle" leftSection={<IconPencil size={14} />} onClick={() => setEditing(true)}>
            {t('clients.correct')}
          </Button>
        )}
      </Group>
      {editing ? <Correcting client={client} onDone={() => setEditing(false)} /> : <Facts client={client} />}
    </section>
  );
}

function Facts({ client }: { client: KnownClient }) {
  const { t } = useWords();
  return (
    <dl className={classes.facts}>
      <dt>{t('clients.email')}</dt>
      <dd>
        {client.email ? (
          <Anchor href={`mailto:${client.email}`}>{client.email}</Anchor>
        ) : (
          <Text c="dimmed">{t('clients.no_email')}</Text>
        )}
      </dd>
      <dt>{t('clients.phone')}</dt>
      <dd>
        {client.phone ? (
          <Anchor href={`tel:${client.phone.replaceAll(' ', '')}`}>{client.phone}</Anchor>
        ) : (
          <Text c="dimmed">{t('clients.no_phone')}</Text>
        )}
      </dd>
    </dl>
  );
}

function Correcting({ client, onDone }: { client: KnownClient; onDone: () => void }) {
  const { t } = useWords();
  const tooLong = useLimits();
  const [form, setForm] = useState({ name: client.name, email: client.email, phone: client.phone });
  const save = useMutation({
    mutationFn: () =>
      bodyOf(api.PATCH('/api/clients/{client_id}', { params: { path: { client_id: client.id } }, body: form })),
    onSuccess: () => {
      forgetClients();
      tell(t('clients.corrected'));
      onDone();
    },
  });
  const { wrong, ruleOf } = useRules(save.error);
  const known = useKnownByEmail(form.email, client.id);
  const field = (name: keyof typeof form) => {
    return {
      label: t(`clients.${name}`),
      value: form[name],
      error: ruleOf(name),
      autoComplete: 'off',
      onChange: (event: React.ChangeEvent<HTMLInputElement>) => setForm({ ...form, [name]: event.target.value }),
    };
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const long = isTooLong('name', form.name) || isTooLong('phone', form.phone);
    if (form.name.trim() && !long) known.afterOffering(save.mutate);
  };
  return (
    <form onSubmit={submit} noValidate aria-label={t('clients.correct')}>
      <Stack gap="xs">
        {save.error && !wrong.length && <Trouble error={save.error} />}
        <TextInput {...field('name')} error={tooLong('name', form.name) ?? field('name').error} autoFocus />
        <TextInput {...field('email')} type="email" />
        <KnownByEmail known={known.clients} onChoose={openMergeable} />
        <TextInput {...field('phone')} type="tel" error={tooLong('phone', form.phone) ?? field('phone').error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" size="xs" onClick={onDone}>
            {t('clients.cancel')}
          </Button>
          <Button type="submit" size="xs" loading={save.isPending} disabled={!form.name.trim()}>
            {t('clients.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Another client with the address may be the same person: a link to their page, to merge the two. */
function openMergeable(known: Client) {
  window.location.assign(`/clients/${known.id}`);
}
