import { Autocomplete } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useWords } from '../words/use-words';
import { minutesBetween, readTime, timeAfter } from './times';

interface Choosing {
  label: string;
  value: string;
  onChange: (time: string) => void;
  /** Offers times after this one, with the length they would mean. */
  from?: string;
  error?: string;
}

/** A time of day, chosen from a list or typed as people type it: 9, 930, 9:30, 9.30, 3pm. */
export function TimeField({ label, value, onChange, from, error }: Choosing) {
  const { locale, t } = useWords();
  const [text, setText] = useState(() => shown(value, locale));
  useEffect(() => setText(shown(value, locale)), [value, locale]);

  const offered = Array.from({ length: 96 }, (_, quarter) =>
    timeAfter(from ?? '00:00', (quarter + (from ? 1 : 0)) * 15),
  );
  const take = (typed: string) => {
    const time = readTime(typed);
    if (time) onChange(time);
    setText(shown(time ?? value, locale));
  };
  return (
    <Autocomplete
      label={label}
      value={text}
      error={error}
      data={[...new Set(offered.map((time) => shown(time, locale)))]}
      filter={({ options, search }) =>
        search === shown(value, locale)
          ? options
          : options.filter((one) => 'value' in one && one.value.startsWith(search))
      }
      renderOption={({ option }) => <Offered text={option.value} from={from} minutes={t} />}
      maxDropdownHeight={220}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      onChange={setText}
      onOptionSubmit={take}
      onBlur={() => take(text)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault(); // it takes the time; the session is saved elsewhere
        take(text);
      }}
    />
  );
}

function Offered({ text, from, minutes }: { text: string; from?: string; minutes: ReturnType<typeof useWords>['t'] }) {
  const time = readTime(text);
  if (!from || !time) return text;
  return `${text} · ${minutes('form.minutes', { count: minutesBetween(from, time) })}`;
}

function shown(time: string, locale: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const style = { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, style).format(new Date(Date.UTC(2000, 0, 1, hour, minute)));
}
