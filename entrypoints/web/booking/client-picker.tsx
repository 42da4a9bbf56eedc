/** Search, choose one or several, and add a new client without leaving the form. */
import { Button, Combobox, Group, Loader, Pill, PillsInput, Stack, Text, useCombobox } from '@mantine/core';
import { IconCornerDownLeft, IconUserPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { clientsQuery } from '../api/client-queries';
import { queryClient } from '../api/queries';
import type { Client } from '../api/types';
import { useClientName } from '../clients/client-name';
import { sameName } from '../clients/folding';
import { NewClient } from '../clients/new-client';
import { useWords } from '../words/use-words';
import classes from './session.module.css';
import { useOffered } from './use-offered';

const CREATE = 'create';

interface Picking {
  chosen: Client[];
  onChange: (clients: Client[]) => void;
  error?: string;
  /** Typed text that is not yet a client. */
  onTyped?: (text: string) => void;
  /** Saving was refused because of the typed text. */
  refused?: boolean;
  autoFocus?: boolean;
  label?: string;
  /** The clients that are not offered. */
  but?: string;
}

export function ClientPicker({
  chosen,
  onChange,
  error,
  onTyped,
  refused = false,
  autoFocus = false,
  label,
  but,
}: Picking) {
  const { t } = useWords();
  const title = label ?? t('form.clients');
  const taken = (id: string) => id === but || chosen.some((one) => one.id === id);
  const nameOf = useClientName();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [text, setText] = useState('');
  const typed = useRef('');
  const field = useRef<HTMLInputElement>(null);
  // The form comes a moment after the drawer, which would have found nothing to focus. An empty field is where one starts.
  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, [autoFocus]);
  const [adding, setAdding] = useState<string | null>(null);
  const [taking, setTaking] = useState(false);
  const { offered, best, asking } = useOffered(text, taken);

  const type = (next: string) => {
    typed.current = next;
    setText(next);
    onTyped?.(next.trim());
  };
  const choose = (client: Client) => {
    if (!chosen.some((one) => one.id === client.id)) onChange([...chosen, client]);
    type('');
    combobox.closeDropdown();
  };
  const add = () => {
    setAdding(text);
    type('');
    combobox.closeDropdown();
  };
  const remove = (client: Client) => onChange(chosen.filter((one) => one.id !== client.id));

  /** Waits for the answer to exactly the typed text; nothing if the text has changed meanwhile. */
  async function take(pick: (found: Client[]) => Client | undefined): Promise<boolean> {
    const wanted = typed.current;
    setTaking(true);
    const answer = await queryClient.fetchQuery(clientsQuery(wanted.trim())).catch(() => null);
    setTaking(false);
    if (typed.current !== wanted || !answer) return true; // a failed search shows its error below
    const found = pick(answer.filter((client) => !taken(client.id)));
    if (found) choose(found);
    return found !== undefined;
  }
  const whole = (found: Client[]) => {
    const same = found.filter((one) => sameName(typed.current, one.name) || sameName(typed.current, one.email));
    return same.length === 1 ? same[0] : undefined;
  };

  function onKeyDown(event: React.KeyboardEvent) {
    const last = chosen.at(-1);
    if (event.key === 'Backspace' && !text && last) remove(last);
    const byArrows = combobox.dropdownOpened && combobox.getSelectedOptionIndex() !== -1;
    if (event.key === 'Enter' && text.trim() && !byArrows) {
      event.preventDefault(); // the form around it is not meant
      void take((found) => whole(found) ?? found[0]).then((done) => {
        if (!done) add();
      });
    }
    const fully = offered.some((one) => sameName(text, one.name));
    if (event.key === ',' && fully) {
      event.preventDefault();
      void take(whole);
    }
  }

  const pending = text.trim() && !combobox.dropdownOpened ? t('form.not_chosen', { name: text }) : undefined;
  const wrong = (refused && pending) || error;

  return (
    <Stack gap="xs">
      <Combobox store={combobox} onOptionSubmit={(id) => (id === CREATE ? add() : pickById(id))}>
        <Combobox.DropdownTarget>
          <PillsInput
            label={title}
            error={wrong}
            description={wrong ? undefined : pending}
            rightSection={taking || (asking && text) ? <Loader size={14} aria-label={t('shell.loading')} /> : undefined}
            onClick={() => combobox.openDropdown()}
          >
            <Pill.Group>
              {chosen.map((client) => (
                <Pill
                  key={client.id}
                  withRemoveButton
                  onRemove={() => remove(client)}
                  removeButtonProps={{
                    'aria-label': t('form.remove_client', { name: nameOf(client) }),
                    'aria-hidden': undefined,
                    tabIndex: 0,
                  }}
                >
                  {nameOf(client)}
                </Pill>
              ))}
              <Combobox.EventsTarget withExpandedAttribute>
                <PillsInput.Field
                  role="combobox"
                  aria-label={title} // the label above it cannot know the field's id
                  ref={field}
                  value={text}
                  placeholder={chosen.length ? undefined : t('form.search_clients')}
                  autoComplete="off"
                  aria-invalid={wrong ? true : undefined}
                  onBlur={() => {
                    combobox.closeDropdown();
                    if (text.trim()) void take(whole);
                  }}
                  onChange={(event) => {
                    type(event.currentTarget.value);
                    combobox.openDropdown();
                    combobox.resetSelectedOption();
                  }}
                  onKeyDown={onKeyDown}
                />
              </Combobox.EventsTarget>
            </Pill.Group>
          </PillsInput>
        </Combobox.DropdownTarget>
        <Combobox.Dropdown>
          <Combobox.Options aria-label={t('form.known_clients')} className={classes.clients}>
            {offered.map((client) => (
              <Combobox.Option value={client.id} key={client.id} data-best={(text && client.id === best) || undefined}>
                <Group justify="space-between" wrap="nowrap" gap="xs">
                  <div>
                    <Text size="sm">{client.name}</Text>
                    <Text size="xs" c="dimmed">
                      {client.email || t('clients.no_email')}
                    </Text>
                  </div>
                  {text && client.id === best && <IconCornerDownLeft size={14} aria-hidden />}
                </Group>
              </Combobox.Option>
            ))}
            <Combobox.Option value={CREATE} className={classes.addClient}>
              <Group gap={6} wrap="nowrap">
                <IconUserPlus size={16} aria-hidden />
                {text ? t('form.add_client_named', { name: text }) : t('form.add_client')}
              </Group>
            </Combobox.Option>
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {refused && pending && (
        <Button variant="default" leftSection={<IconUserPlus size={16} aria-hidden />} onClick={add}>
          {t('form.add_client_named', { name: text.trim() })}
        </Button>
      )}
      {adding !== null && (
        <NewClient
          name={adding}
          onAdded={(client) => {
            choose(client);
            setAdding(null);
            field.current?.focus();
          }}
          onCancel={() => {
            setAdding(null);
            field.current?.focus();
          }}
        />
      )}
    </Stack>
  );

  function pickById(id: string) {
    const client = offered.find((one) => one.id === id);
    if (client) choose(client);
  }
}
