/** The notes under the date and times of a session: how they are read, and warnings. */
import { Button, Group, Radio, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { longDateText, slotText, timeFieldText, zoneText } from '../words/dates';
import { useWords } from '../words/use-words';
import { bothHours } from './offers';
import classes from './session.module.css';
import {
  endDateOf,
  type Fold,
  instantsOf,
  insteadOf,
  lengthOf,
  sameClock,
  startingAt,
  viewersZone,
  type WallSlot,
} from './times';
import { useLengthText } from './use-length-text';
import { endsBeforeStart, warningsOf } from './warnings';

interface Noting {
  slot: WallSlot;
  onChange: (slot: WallSlot) => void;
}

/** An end before the start is either a slip or the next day: the person decides. */
export function NextDayQuestion({ slot, onChange }: Noting) {
  const { t, locale } = useWords();
  const lengthText = useLengthText();
  const next: WallSlot = { ...slot, endsNextDay: true };
  return (
    <Group gap="xs" role="group" aria-label={t('form.end_before_start')}>
      <Button size="xs" variant="default" onClick={() => onChange(next)}>
        {t('form.ends_next_day', { day: longDateText(endDateOf(next), locale), length: lengthText(lengthOf(next)) })}
      </Button>
    </Group>
  );
}

/** In the hour that comes twice: which of the two. */
export function WhichHour({ slot, onChange }: Noting) {
  const { t, locale } = useWords();
  const ends = [
    { name: 'start', date: slot.date, time: slot.start, fold: slot.startFold },
    { name: 'end', date: endDateOf(slot), time: slot.end, fold: slot.endFold },
  ] as const;
  return ends.map(({ name, date, time, fold }) => {
    const both = bothHours(date, time, slot.zone, locale);
    if (!both.length) return null;
    return (
      <Radio.Group
        key={name}
        size="xs"
        label={t(`form.twice_${name}`, { time: timeFieldText(time, locale) })}
        value={String(fold ?? 0)}
        onChange={(chosen) => {
          const chosenFold = Number(chosen) as Fold;
          onChange(name === 'start' ? startingAt(slot, time, chosenFold) : { ...slot, endFold: chosenFold });
        }}
      >
        <Group gap="md" mt={4}>
          {both.map((one) => (
            <Radio
              key={one.fold}
              value={String(one.fold)}
              label={t(one.fold ? 'form.second_hour' : 'form.first_hour', { offset: one.name })}
            />
          ))}
        </Group>
      </Radio.Group>
    );
  });
}

export function Warnings({ slot }: { slot: WallSlot }) {
  const { t, locale } = useWords();
  const lengthText = useLengthText();
  const words = { date: longDateText(slot.date, locale), length: lengthText(lengthOf(slot)) };
  return (
    <div role="status" className={classes.warnings} data-testid="when-warnings">
      {warningsOf(slot).map((one) => (
        <Text key={one} size="sm" className={classes.warning}>
          <IconAlertTriangle size={16} aria-hidden />
          {t(`form.warning.${one}`, words)}
        </Text>
      ))}
    </div>
  );
}

/** Notes on clock changes, the next day, and the viewer's own time. */
export function Hints({ slot }: { slot: WallSlot }) {
  const { t, locale } = useWords();
  const hints: string[] = [];
  for (const [date, time] of [
    [slot.date, slot.start],
    [endDateOf(slot), slot.end],
  ] as const) {
    const meant = insteadOf(date, time, slot.zone);
    if (meant) {
      hints.push(t('form.skipped', { time: timeFieldText(time, locale), meant: timeFieldText(meant, locale) }));
    }
  }
  if (slot.endsNextDay) hints.push(t('form.next_day', { day: longDateText(endDateOf(slot), locale) }));
  const { starts_at, ends_at } = instantsOf(slot);
  const own = viewersZone();
  if (!endsBeforeStart(slot) && !sameClock(own, slot.zone, starts_at)) {
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
