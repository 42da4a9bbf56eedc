import { ActionIcon, Button, Checkbox, Group, Popover, Stack } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import type { Consultant } from '../api/types';
import { useWords } from '../words/use-words';
import classes from './calendar.module.css';
import { toneOf } from './tones';

interface Filtering {
  consultants: Consultant[];
  hidden: string[];
  narrow: boolean;
  onChange: (hidden: string[]) => void;
}

/** Whose sessions are shown, with each one's colour. */
export function ConsultantFilter({ consultants, hidden, narrow, onChange }: Filtering) {
  const { t } = useWords();
  const shown = consultants.filter((one) => !hidden.includes(one.id));
  const all = shown.length === consultants.length;
  const label = all ? t('calendar.everybody') : t('calendar.some', { count: shown.length, of: consultants.length });
  return (
    <Popover position="bottom-end" withArrow shadow="md" trapFocus>
      <Popover.Target>
        {narrow ? (
          <ActionIcon variant={all ? 'default' : 'filled'} size="lg" aria-label={label}>
            <IconUsers size={18} />
          </ActionIcon>
        ) : (
          <Button variant="default" size="sm" leftSection={<IconUsers size={16} />}>
            {label}
          </Button>
        )}
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" role="group" aria-label={t('calendar.consultants')}>
          <Checkbox
            label={t('calendar.everybody')}
            checked={all}
            indeterminate={!all && shown.length > 0}
            onChange={() => onChange(all ? consultants.map((one) => one.id) : [])}
          />
          {consultants.map((one) => (
            <Checkbox
              key={one.id}
              checked={!hidden.includes(one.id)}
              label={
                <Group gap={8} wrap="nowrap">
                  <span className={`${classes.dot} ${toneOf(consultants, one.id)}`} />
                  {one.name}
                </Group>
              }
              onChange={(event) =>
                onChange(event.currentTarget.checked ? hidden.filter((id) => id !== one.id) : [...hidden, one.id])
              }
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
