import { ActionIcon, Loader, Popover, Text, TextInput } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { dateFieldText, weekdayText } from '../words/dates';
import { readDate } from '../words/read-date';
import { useWords } from '../words/use-words';
import { useWrongDate } from '../words/use-wrong-date';
import { useTyped } from './use-typed';

const DayPicker = lazy(() => import('../shell/day-picker'));

interface Choosing {
  label: string;
  value: string;
  today: string;
  error?: string;
  onChange: (date: string) => void;
  onUnread: (unread: boolean) => void;
  onTyping: (typing: boolean) => void;
}

/** A date, typed as people type it or chosen from a month. Its weekday stands beside it. */
export function DateField({ label, value, today, error, onChange, onUnread, onTyping }: Choosing) {
  const { t, locale } = useWords();
  const [opened, setOpened] = useState(false);
  const typed = useTyped({
    shown: dateFieldText(value, locale),
    read: (text) => readDate(text, locale, today),
    onRead: onChange,
    onUnread,
    onTyping,
  });
  const wrongText = useWrongDate(today);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
      withRoles={false}
    >
      <Popover.Target>
        <TextInput
          label={label}
          value={typed.text}
          error={typed.wrong ? wrongText(typed.wrong) : error}
          autoComplete="off"
          leftSectionWidth={46}
          leftSection={
            !typed.unread && (
              <Text size="sm" c="dimmed" title={weekdayText(value, locale, 'long')}>
                {weekdayText(value, locale, 'short')}
              </Text>
            )
          }
          rightSection={
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('picker.open')}
              aria-expanded={opened}
              onClick={() => setOpened(!opened)}
            >
              <IconCalendar size={18} />
            </ActionIcon>
          }
          onChange={(event) => typed.type(event.currentTarget.value)}
          onBlur={typed.settle}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault(); // it takes the date; the session is saved elsewhere
              typed.settle();
            } else if (event.key === 'ArrowDown' && event.altKey) setOpened(true);
          }}
        />
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t('picker.open')}>
        <Suspense fallback={<Loader size="sm" />}>
          <DayPicker
            value={value}
            today={today}
            autoFocus
            onChoose={(date) => {
              typed.choose();
              onChange(date);
              setOpened(false);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
