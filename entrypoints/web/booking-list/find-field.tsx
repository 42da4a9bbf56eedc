import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../words/use-words';
import classes from './sessions.module.css';

const PAUSE = 300; // milliseconds without a further letter

/** Reports the text once typing pauses; `value` may also change from elsewhere, as by the back button. */
interface Finding {
  value: string;
  onChange: (text: string) => void;
  label?: string;
}

export function FindField({ value, onChange, label }: Finding) {
  const { t } = useWords();
  const [typed, setTyped] = useState(value);
  const tell = useDebouncedCallback((text: string) => onChange(text.trim()), PAUSE);
  useEffect(() => setTyped((present) => (present.trim() === value ? present : value)), [value]);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const arrived = window.history.state as { finds?: boolean } | null; // by the key of the calendar
    if (arrived?.finds) input.current?.focus();
  }, []);
  const type = (text: string) => {
    setTyped(text);
    tell(text);
  };
  return (
    <TextInput
      ref={input}
      type="search"
      size="sm"
      className={classes.find}
      aria-label={label ?? t('sessions.find')}
      placeholder={label ?? t('sessions.find')}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={typed && <CloseButton size="sm" aria-label={t('sessions.find_clear')} onClick={() => type('')} />}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
