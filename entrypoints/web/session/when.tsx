import '@mantine/dates/styles.css';
/** Date, time and zone of a session. */
import { Group, Stack, Text } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useState } from 'react';
import { ZoneSelect } from '../shell/zone-select';
import { slotText, zoneText } from '../words/dates';
import { useWords } from '../words/use-words';
import { TimeField } from './time-field';
import {
  comesTwice,
  instantsOf,
  insteadOf,
  minutesBetween,
  sameClock,
  timeAfter,
  viewersZone,
  type WallSlot,
} from './times';

interface Choosing {
  slot: WallSlot;
  onChange: (slot: WallSlot) => void;
  practiceZone: string;
  errors: { starts?: string; ends?: string };
}

export function When({ slot, onChange, practiceZone, errors }: Choosing) {
  const { t, language, locale } = useWords();
  const [choosesZone, setChoosesZone] = useState(slot.zone !== practiceZone);
  const length = minutesBetween(slot.start, slot.end);
  return (
    <Stack gap={6}>
      <Group grow align="flex-start" gap="xs" wrap="nowrap" preventGrowOverflow={false}>
        <DateInput
          label={t('form.date')}
          value={slot.date}
          valueFormat={language === 'sl' ? 'D. M. YYYY' : 'D MMM YYYY'}
          firstDayOfWeek={1}
          locale={language}
          error={errors.starts}
          popoverProps={{ trapFocus: false }}
          onChange={(date) => date && onChange({ ...slot, date })}
        />
        <TimeField
          label={t('form.start')}
          value={slot.start}
          // The length stays when the start moves.
          onChange={(start) => onChange({ ...slot, start, end: timeAfter(start, length) })}
        />
        <TimeField
          label={t('form.end')}
          value={slot.end}
          from={slot.start}
          error={errors.ends}
          onChange={(end) => onChange({ ...slot, end })}
        />
      </Group>
      <Hints slot={slot} />
      {choosesZone ? (
        <ZoneSelect label={t('form.zone')} value={slot.zone} onChange={(zone) => onChange({ ...slot, zone })} />
      ) : (
        <Text size="xs" c="dimmed">
          {t('form.in_zone', { zone: zoneText(slot.zone, locale, instantsOf(slot).starts_at) })}{' '}
          <button type="button" className="quiet-link" onClick={() => setChoosesZone(true)}>
            {t('form.other_zone')}
          </button>
        </Text>
      )}
    </Stack>
  );
}

/** What the clocks make of it: skipped and doubled hours, the next day, the viewer's own time. */
function Hints({ slot }: { slot: WallSlot }) {
  const { t, locale } = useWords();
  const hints: string[] = [];
  for (const time of [slot.start, slot.end]) {
    const meant = insteadOf(slot.date, time, slot.zone);
    if (meant) hints.push(t('form.skipped', { time, meant }));
    else if (comesTwice(slot.date, time, slot.zone)) hints.push(t('form.twice', { time }));
  }
  if (slot.end <= slot.start) hints.push(t('form.next_day'));
  const { starts_at, ends_at } = instantsOf(slot);
  const own = viewersZone();
  if (!sameClock(own, slot.zone, starts_at)) {
    hints.push(
      t('form.for_you', { when: slotText(starts_at, ends_at, own, locale), zone: zoneText(own, locale, starts_at) }),
    );
  }
  return hints.map((hint) => (
    <Text key={hint} size="xs" c="dimmed">
      {hint}
    </Text>
  ));
}
