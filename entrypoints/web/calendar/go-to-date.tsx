/** A month to look around in, and a field for a date that is known. */
import { ActionIcon, Loader, Popover, Stack, TextInput, Tooltip } from '@mantine/core';
import { IconCalendarSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { dateFieldText } from '../words/dates';
import { readDate, type WrongDate } from '../words/read-date';
import { useWords } from '../words/use-words';
import { useWrongDate } from '../words/use-wrong-date';

const DayPicker = lazy(() => import('../shell/day-picker'));

interface Going {
  today: string;
  /** The day that is looked at. */
  date: string;
  opened: boolean;
  onOpened: (opened: boolean) => void;
  onGo: (date: string) => void;
}

export function GoToDate({ today, date, opened, onOpened, onGo }: Going) {
  const { t, locale } = useWords();
  const [typed, setTyped] = useState('');
  const wrongText = useWrongDate(today);
  const [wrong, setWrong] = useState<WrongDate | null>(null);
  const close = (next: boolean) => {
    setTyped('');
    setWrong(null);
    onOpened(next);
  };
  const go = (to: string) => {
    close(false);
    onGo(to);
  };
  const take = () => {
    const found = readDate(typed, locale, today);
    if ('read' in found) go(found.read);
    else setWrong(found);
  };
  return (
    <Popover
      opened={opened}
      onChange={close}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
      withRoles={false}
    >
      <Popover.Target>
        <Tooltip label={t('calendar.go_to_date')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('calendar.go_to_date')}
            aria-expanded={opened}
            onClick={() => close(!opened)}
          >
            <IconCalendarSearch size={20} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t('calendar.go_to_date')}>
        <Stack gap="xs">
          <TextInput
            label={t('calendar.go_to_date')}
            placeholder={dateFieldText(today, locale)}
            data-autofocus
            data-mantine-stop-propagation="true"
            value={typed}
            error={wrong && wrongText(wrong)}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setWrong(null);
            }}
            onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && take()}
          />
          <Suspense fallback={<Loader size="sm" />}>
            <DayPicker value={date} today={today} onChoose={go} />
          </Suspense>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
