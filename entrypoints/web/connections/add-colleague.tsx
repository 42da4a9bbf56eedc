/** A practice grows by its admins: a colleague with a first password, and the way to their first connection. */
import { Button, Checkbox, CopyButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCheck, IconCopy, IconUserPlus } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { api, bodyOf } from '../api/client';
import { Problem } from '../api/problem';
import { providersQuery, queryClient } from '../api/queries';
import type { Me } from '../api/types';
import { announce } from '../shell/announcer';
import { Trouble } from '../shell/trouble';
import { isConsultant } from '../signing-in/signed-in';
import { useWords } from '../words/use-words';
import classes from './connections.module.css';
import { PersonalLink } from './personal-link';
import { useFirstFocus } from './use-first-focus';

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
  const { t } = useWords();
  const [person, setPerson] = useState(NOBODY);
  const form = useRef<HTMLFormElement>(null);
  const add = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/people', { body: person })),
    onSuccess: (added) => {
      void queryClient.invalidateQueries({ queryKey: ['consultants'] });
      announce(t('connections.colleague.added', { name: added.name }));
    },
    onError: (error) => {
      const wrong = error instanceof Problem && error.fields[0]?.field;
      const field = wrong && form.current?.elements.namedItem(wrong);
      if (field instanceof HTMLElement) field.focus();
    },
  });
  if (add.data) return <Added person={add.data} password={person.password} onClose={onClose} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <form onSubmit={submit} ref={form}>
      <Stack>
        {add.error && <Trouble error={add.error} />}
        <TextInput
          name="name"
          label={t('connections.colleague.name')}
          required
          withAsterisk={false}
          maxLength={200}
          autoComplete="off"
          data-autofocus
          value={person.name}
          onChange={(event) => setPerson({ ...person, name: event.currentTarget.value })}
        />
        <TextInput
          name="email"
          label={t('connections.colleague.email')}
          description={t('connections.colleague.email_text')}
          type="email"
          required
          withAsterisk={false}
          autoComplete="off"
          value={person.email}
          onChange={(event) => setPerson({ ...person, email: event.currentTarget.value })}
        />
        <FirstPassword value={person.password} onChange={(password) => setPerson({ ...person, password })} />
        <Checkbox.Group
          label={t('connections.colleague.roles')}
          value={person.roles}
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
  onChange: (password: string) => void;
}

/** In sight, since it is there to be handed over. */
function FirstPassword({ value, onChange }: Typed) {
  const { t } = useWords();
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        style={{ flex: 1 }}
        name="password"
        label={t('connections.colleague.password')}
        description={t('connections.colleague.password_text')}
        required
        withAsterisk={false}
        minLength={12}
        autoComplete="off"
        spellCheck={false}
        value={value}
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

interface Welcomed {
  person: Me;
  password: string;
  onClose: () => void;
}

function Added({ person, password, onClose }: Welcomed) {
  const { t } = useWords();
  const { data: providers = [] } = useQuery(providersQuery);
  const first = useFirstFocus<HTMLParagraphElement>();
  const words = { name: person.name };
  return (
    <Stack>
      <Text fw={600} tabIndex={-1} ref={first} style={{ outline: 'none' }}>
        {t('connections.colleague.added', words)}
      </Text>
      <Text size="sm">{t('connections.colleague.hand_over', words)}</Text>
      <HandOver text={t('connections.colleague.sign_in_words', { email: person.email, password })} />
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

function HandOver({ text }: { text: string }) {
  const { t } = useWords();
  return (
    <Group gap="xs" wrap="nowrap" justify="space-between" className={classes.handOver}>
      <Text size="sm">{text}</Text>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            variant="default"
            leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
            onClick={() => {
              copy();
              announce(t('connections.colleague.copied'));
            }}
          >
            {t(copied ? 'connections.colleague.copied' : 'connections.colleague.copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
