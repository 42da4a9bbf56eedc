import { Button, Group, Paper, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client';
import { forgetClients } from '../api/client-queries';
import type { Client } from '../api/types';
import { useCreationKey } from '../api/use-creation-key';
import { useLimits } from '../shell/limits';
import { isTooLong } from '../shell/longest';
import { Trouble } from '../shell/trouble';
import { useRules } from '../shell/use-rules';
import { useWords } from '../words/use-words';
import { KnownByEmail } from './known-by-email';
import { useKnownByEmail } from './use-known-by-email';

interface Adding {
  /** The text of the search: a name, or an address. */
  name: string;
  onAdded: (client: Client) => void;
  onCancel: () => void;
  /** On the clients' page it stands in a dialog of its own. */
  bare?: boolean;
}

/** Offers the client who has the address already instead. */
export function NewClient({ name: typed, onAdded, onCancel, bare = false }: Adding) {
  const { t } = useWords();
  const tooLong = useLimits();
  const [name, setName] = useState(typed.includes('@') ? '' : typed.trim());
  const [email, setEmail] = useState(typed.includes('@') ? typed.trim() : '');
  const { keyOf, done } = useCreationKey();
  const add = useMutation({
    mutationFn: () => {
      const body = { name, email, phone: '' };
      return bodyOf(api.POST('/api/clients', { body, params: { header: { 'Idempotency-Key': keyOf(body) } } }));
    },
    onSuccess: (client) => {
      done();
      forgetClients();
      onAdded(client);
    },
  });
  const { wrong, ruleOf } = useRules(add.error);
  const known = useKnownByEmail(email);
  const send = () => {
    if (name.trim() && !isTooLong('name', name) && !add.isPending) known.afterOffering(add.mutate);
  };
  const onEnter = (event: React.KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault(); // the session form around it is not meant
    send();
  };
  const fields = (
    <Stack gap="xs">
      {add.error && !wrong.length && <Trouble error={add.error} />}
      <TextInput
        label={t('form.client_name')}
        value={name}
        autoComplete="off"
        error={tooLong('name', name) ?? ruleOf('name')}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={onEnter}
        autoFocus={!name}
        data-autofocus={bare || undefined}
      />
      <TextInput
        label={t('form.client_email')}
        description={t('form.client_email_text')}
        type="email"
        value={email}
        autoComplete="off"
        error={ruleOf('email')}
        onChange={(event) => setEmail(event.currentTarget.value)}
        onKeyDown={onEnter}
        autoFocus={Boolean(name) && !bare}
      />
      <KnownByEmail known={known.clients} onChoose={onAdded} />
      <Group justify="flex-end" gap="xs">
        <Button variant="subtle" size="xs" onClick={onCancel}>
          {t('form.no_client')}
        </Button>
        <Button size="xs" loading={add.isPending} disabled={!name.trim()} onClick={send}>
          {t(known.clients.length ? 'clients.add_anyway' : 'form.add')}
        </Button>
      </Group>
    </Stack>
  );
  if (bare) return fields;
  return (
    <Paper withBorder p="sm" role="group" aria-label={t('form.add_client')}>
      {fields}
    </Paper>
  );
}
