import { ActionIcon, Button, Checkbox, CloseButton, Divider, Group, Popover, Text, TextInput } from '@mantine/core';
import { IconSearch, IconUsers } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Consultant } from '../api/types';
import { folded } from '../words/folded';
import { useWords } from '../words/use-words';
import classes from './calendar.module.css';
import { initialsOf, toneOf } from './tones';

interface Filtering {
  /** The consultants to choose from; none where people see only their own sessions. */
  consultants: Consultant[];
  hidden: string[];
  cancelled: boolean;
  narrow: boolean;
  onChange: (hidden: string[]) => void;
  onCancelled: (shown: boolean) => void;
}

const MANY = 8; // from here on a search is worth its place

/** Whose sessions are shown, with each one's colour, and whether cancelled ones are. */
export function ConsultantFilter({ consultants, hidden, cancelled, narrow, onChange, onCancelled }: Filtering) {
  const { t } = useWords();
  const shown = consultants.filter((one) => !hidden.includes(one.id));
  const all = shown.length === consultants.length;
  const several = consultants.length > 1;
  const only = shown.length === 1 && shown[0] ? shown[0].name : null;
  const some = only ?? t('calendar.some', { count: shown.length, of: consultants.length });
  const label = several ? (all ? t('calendar.everybody') : some) : t('calendar.shown');
  return (
    <Popover position="bottom-end" withArrow shadow="md" trapFocus returnFocus>
      <Popover.Target>
        {narrow ? (
          <ActionIcon variant={all && !cancelled ? 'default' : 'filled'} size={44} aria-label={label}>
            <IconUsers size={18} />
          </ActionIcon>
        ) : (
          <Button
            variant={all ? 'default' : 'light'}
            size="sm"
            leftSection={<IconUsers size={16} />}
            className={classes.filterButton}
            aria-label={label}
            title={label}
          >
            {label}
          </Button>
        )}
      </Popover.Target>
      <Popover.Dropdown className={classes.filter}>
        {several && <People consultants={consultants} hidden={hidden} onChange={onChange} />}
        {several && <Divider my="xs" />}
        <Checkbox
          label={t('calendar.cancelled')}
          checked={cancelled}
          onChange={(event) => onCancelled(event.currentTarget.checked)}
          data-autofocus={several ? undefined : true}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

type Choosing = Pick<Filtering, 'consultants' | 'hidden' | 'onChange'>;

function People({ consultants, hidden, onChange }: Choosing) {
  const { t } = useWords();
  const [sought, setSought] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const words = folded(sought).split(/\s+/).filter(Boolean);
  const found = consultants.filter((one) => words.every((word) => folded(one.name).includes(word)));
  const ids = new Set(found.map((one) => one.id));
  const everybody = found.every((one) => !hidden.includes(one.id));
  const nobody = found.every((one) => hidden.includes(one.id));
  const boxes = () => [...(list.current?.querySelectorAll<HTMLInputElement>('input[type=checkbox]') ?? [])];

  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = boxes();
    const place = all.indexOf(document.activeElement as HTMLInputElement);
    all[Math.min(Math.max(place + step, 0), all.length - 1)]?.focus();
  };

  return (
    <>
      {consultants.length >= MANY && (
        <TextInput
          size="sm"
          value={sought}
          data-autofocus
          aria-label={t('calendar.find_consultant')}
          placeholder={t('calendar.find_consultant')}
          leftSection={<IconSearch size={15} />}
          rightSection={
            sought && <CloseButton size="sm" aria-label={t('calendar.clear')} onClick={() => setSought('')} />
          }
          onChange={(event) => setSought(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') walk(event);
            const one = found[0];
            if (event.key === 'Enter' && one && sought) onChange(others(consultants, one.id));
          }}
        />
      )}
      <Group gap="xs" my={6} justify="space-between">
        <Button
          size="compact-sm"
          variant="subtle"
          disabled={everybody}
          onClick={() => onChange(hidden.filter((id) => !ids.has(id)))}
        >
          {t('calendar.select_all')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          disabled={nobody}
          onClick={() => onChange([...new Set([...hidden, ...ids])])}
        >
          {t('calendar.select_none')}
        </Button>
      </Group>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of boxes that the arrow keys walk through */}
      <div ref={list} className={classes.everyone} role="group" aria-label={t('calendar.consultants')} onKeyDown={walk}>
        {found.map((one) => (
          <div key={one.id} className={classes.person}>
            <Checkbox
              className={classes.personBox}
              checked={!hidden.includes(one.id)}
              label={
                <Group gap={8} wrap="nowrap">
                  <span className={`${classes.initials} ${toneOf(consultants, one.id)}`} aria-hidden>
                    {initialsOf(one.name)}
                  </span>
                  {one.name}
                </Group>
              }
              onChange={(event) =>
                onChange(event.currentTarget.checked ? hidden.filter((id) => id !== one.id) : [...hidden, one.id])
              }
            />
            <button
              type="button"
              className={classes.onlyOne}
              aria-label={t('calendar.just', { name: one.name })}
              onClick={() => onChange(others(consultants, one.id))}
            >
              {t('calendar.only')}
            </button>
          </div>
        ))}
        {!found.length && (
          <Text size="sm" c="dimmed" py="xs" role="status">
            {t('calendar.nobody_found')}
          </Text>
        )}
      </div>
    </>
  );
}

function others(consultants: Consultant[], id: string): string[] {
  return consultants.filter((one) => one.id !== id).map((one) => one.id);
}
