import { Button, Combobox, Group, Paper, Pill, PillsInput, Stack, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconUserPlus } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, bodyOf } from '../api/client';
import { queryClient } from '../api/queries';
import type { Client } from '../api/types';
import { useCreationKey } from '../api/use-creation-key';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';

const CREATE = 'create';

interface Picking {
  chosen: Client[];
  onChange: (clients: Client[]) => void;
  error?: string;
  autoFocus?: boolean;
}

/** Search, choose one or several, and add somebody who is not known yet without leaving the form. */
export function ClientPicker({ chosen, onChange, error, autoFocus = false }: Picking) {
  const { t } = useWords();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [text, setText] = useState('');
  const first = useRef<HTMLInputElement>(null);
  // The form comes a moment after the drawer, which would have found nothing to focus. An empty field is where one starts.
  useEffect(() => {
    if (autoFocus) first.current?.focus();
  }, [autoFocus]);
  const [adding, setAdding] = useState<string | null>(null);
  const found = useClients(text);
  const offered = found.filter((client) => !chosen.some((one) => one.id === client.id));

  const choose = (value: string) => {
    const client = offered.find((one) => one.id === value);
    if (client) onChange([...chosen, client]);
    else setAdding(text);
    setText('');
    if (!client) combobox.closeDropdown();
  };
  const remove = (client: Client) => onChange(chosen.filter((one) => one.id !== client.id));

  return (
    <Stack gap="xs">
      <Combobox store={combobox} onOptionSubmit={choose}>
        <Combobox.DropdownTarget>
          <PillsInput label={t('form.clients')} error={error} onClick={() => combobox.openDropdown()}>
            <Pill.Group>
              {chosen.map((client) => (
                <Pill
                  key={client.id}
                  withRemoveButton
                  onRemove={() => remove(client)}
                  removeButtonProps={{
                    'aria-label': t('form.remove_client', { name: client.name }),
                    'aria-hidden': undefined,
                    tabIndex: 0,
                  }}
                >
                  {client.name}
                </Pill>
              ))}
              <Combobox.EventsTarget>
                <PillsInput.Field
                  aria-label={t('form.clients')} // the label above it cannot know the field's id
                  ref={first}
                  value={text}
                  placeholder={chosen.length ? undefined : t('form.search_clients')}
                  autoComplete="off"
                  aria-invalid={error ? true : undefined}
                  onBlur={() => combobox.closeDropdown()}
                  onChange={(event) => {
                    setText(event.currentTarget.value);
                    combobox.openDropdown();
                    combobox.updateSelectedOptionIndex();
                  }}
                  onKeyDown={(event) => {
                    const last = chosen.at(-1);
                    if (event.key === 'Backspace' && !text && last) remove(last);
                  }}
                />
              </Combobox.EventsTarget>
            </Pill.Group>
          </PillsInput>
        </Combobox.DropdownTarget>
        <Combobox.Dropdown>
          <Combobox.Options aria-label={t('form.known_clients')} mah={240} style={{ overflowY: 'auto' }}>
            {offered.map((client) => (
              <Combobox.Option value={client.id} key={client.id}>
                <Text size="sm">{client.name}</Text>
                <Text size="xs" c="dimmed">
                  {client.email}
                </Text>
              </Combobox.Option>
            ))}
            <Combobox.Option value={CREATE}>
              <Group gap={6} wrap="nowrap">
                <IconUserPlus size={16} />
                {text ? t('form.add_client_named', { name: text }) : t('form.add_client')}
              </Group>
            </Combobox.Option>
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {adding !== null && (
        <NewClient
          name={adding}
          onAdded={(client) => {
            onChange([...chosen, client]);
            setAdding(null);
          }}
          onCancel={() => setAdding(null)}
        />
      )}
    </Stack>
  );
}

function useClients(text: string): Client[] {
  const [settled] = useDebouncedValue(text, 200);
  const { data = [] } = useQuery({
    queryKey: ['clients', settled],
    queryFn: () => bodyOf(api.GET('/api/clients', { params: { query: { text: settled } } })),
    placeholderData: keepPreviousData,
  });
  return data;
}

function NewClient({
  name: typed,
  onAdded,
  onCancel,
}: {
  name: string;
  onAdded: (client: Client) => void;
  onCancel: () => void;
}) {
  const { t } = useWords();
  const [name, setName] = useState(typed.includes('@') ? '' : typed);
  const [email, setEmail] = useState(typed.includes('@') ? typed : '');
  const { keyOf, done } = useCreationKey();
  const add = useMutation({
    mutationFn: () => {
      const body = { name, email, phone: '' };
      return bodyOf(api.POST('/api/clients', { body, params: { header: { 'Idempotency-Key': keyOf(body) } } }));
    },
    onSuccess: (client) => {
      done();
      void queryClient.invalidateQueries({ queryKey: ['clients'] });
      onAdded(client);
    },
  });
  const onEnter = (event: React.KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault(); // the session form around it is not meant
    add.mutate();
  };
  return (
    <Paper withBorder p="sm" role="group" aria-label={t('form.add_client')}>
      <Stack gap="xs">
        {add.error && <Trouble error={add.error} />}
        <TextInput
          label={t('form.client_name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={onEnter}
          autoFocus={!name}
        />
        <TextInput
          label={t('form.client_email')}
          type="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          onKeyDown={onEnter}
          autoFocus={Boolean(name)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="subtle" size="xs" onClick={onCancel}>
            {t('form.no_client')}
          </Button>
          <Button
            size="xs"
            loading={add.isPending}
            disabled={!name.trim() || !email.trim()}
            onClick={() => add.mutate()}
          >
            {t('form.add')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
