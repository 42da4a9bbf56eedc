/** A practice grows by its admins: a colleague with a first password, and the way to their first connection. */
import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserPlus } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, bodyOf } from '../api/client';
import { Problem } from '../api/problem';
import { providersQuery, queryClient } from '../api/queries';
import type { Me } from '../api/types';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { isConsultant } from '../signing-in/signed-in';
import { useWords } from '../words/use-words';
import { PersonalLink } from './personal-link';

const ROLES = ['consultant', 'admin'] as const;
type Role = (typeof ROLES)[number];

const NOBODY = { name: '', email: '', password: '', roles: ['consultant'] as Role[] };

export function AddColleague() {
  const { t } = useWords();
  const [opened, dialog] = useDisclosure();
  return (
    <>
      <Button size="sm" leftSection={<IconUserPlus size={16} />} onClick={dialog.open}>
        {t('connections.colleague.open')}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t('connections.colleague.open')}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        <Adding onClose={dialog.close} />
      </Modal>
    </>
  );
}

function Adding({ onClose }: { onClose: () => void }) {
  const { t, server } = useWords();
  const [person, setPerson] = useState(NOBODY);
  const add = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/people', { body: person })),
    onSuccess: (added) => {
      void queryClient.invalidateQueries({ queryKey: ['consultants'] });
      tell(t('connections.colleague.added', { name: added.name }));
    },
  });
  if (add.data) return <Added person={add.data} onClose={onClose} />;
  const wrong = add.error instanceof Problem ? add.error.fields : [];
  const rule = (field: string) => {
    const found = wrong.find((one) => one.field === field)?.rule;
    return found && server(found);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {add.error && <Trouble error={add.error} />}
        <TextInput
          label={t('connections.colleague.name')}
          required
          withAsterisk={false}
          maxLength={200}
          autoComplete="off"
          data-autofocus
          value={person.name}
          error={rule('name')}
          onChange={(event) => setPerson({ ...person, name: event.currentTarget.value })}
        />
        <TextInput
          label={t('connections.colleague.email')}
          description={t('connections.colleague.email_text')}
          type="email"
          required
          withAsterisk={false}
          autoComplete="off"
          value={person.email}
          error={rule('email')}
          onChange={(event) => setPerson({ ...person, email: event.currentTarget.value })}
        />
        <FirstPassword
          value={person.password}
          error={rule('password')}
          onChange={(password) => setPerson({ ...person, password })}
        />
        <Checkbox.Group
          label={t('connections.colleague.roles')}
          value={person.roles}
          error={rule('roles')}
          onChange={(roles) => setPerson({ ...person, roles: roles as Role[] })}
        >
          <Stack gap="xs" mt={6}>
            {ROLES.map((role) => (
              <Checkbox
                key={role}
                value={role}
                label={t(`connections.colleague.${role}`)}
                description={t(`connections.colleague.${role}_text`)}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('connections.colleague.cancel')}
          </Button>
          <Button type="submit" loading={add.isPending} disabled={!person.roles.length}>
            {t('connections.colleague.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface Typed {
  value: string;
  error: string | undefined;
  onChange: (password: string) => void;
}

/** In sight, since it is there to be handed over. */
function FirstPassword({ value, error, onChange }: Typed) {
  const { t } = useWords();
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        style={{ flex: 1 }}
        label={t('connections.colleague.password')}
        description={t('connections.colleague.password_text')}
        required
        withAsterisk={false}
        minLength={12}
        autoComplete="off"
        spellCheck={false}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Button variant="default" onClick={() => onChange(suggestedPassword())}>
        {t('connections.colleague.suggest')}
      </Button>
    </Group>
  );
}

/** Only letters and digits that nobody confuses: it is read out and typed. About 79 bits. */
function suggestedPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'; // 31
  const drawn: string[] = [];
  while (drawn.length < 16) {
    const byte = crypto.getRandomValues(new Uint8Array(1))[0] ?? 255;
    if (byte < 31 * 8) drawn.push(letters[byte % 31] ?? ''); // the rest would favour some letters
  }
  return [0, 4, 8, 12].map((start) => drawn.slice(start, start + 4).join('')).join('-');
}

function Added({ person, onClose }: { person: Me; onClose: () => void }) {
  const { t } = useWords();
  const { data: providers = [] } = useQuery(providersQuery);
  const words = { name: person.name };
  return (
    <Stack>
      {/* The form that had the keyboard is gone. */}
      <Text fw={600} tabIndex={-1} ref={(element) => element?.focus()}>
        {t('connections.colleague.added', words)}
      </Text>
      <Text size="sm">{t('connections.colleague.hand_over', words)}</Text>
      {isConsultant(person) && providers.length > 0 && (
        <>
          <Text size="sm">{t('connections.colleague.invite', words)}</Text>
          {providers.map(({ provider, label }) => (
            <PersonalLink key={provider} consultant={person} provider={provider} label={label} />
          ))}
        </>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('connections.colleague.done')}</Button>
      </Group>
    </Stack>
  );
}
