/** Date, time and zone of a session. */
import { Stack } from '@mantine/core';
import { useState } from 'react';
import { ZoneSelect } from '../shell/zone-select';
import { useWords } from '../words/use-words';
import { ZoneLine } from '../words/zone-line';
import { DateField } from './date-field';
import { endOffers, startOffers } from './offers';
import classes from './session.module.css';
import { TimeField } from './time-field';
import { instantsOf, onDate, todayIn, type WallSlot } from './times';
import { endTyped, startTyped } from './typed-times';
import { useLengthText } from './use-length-text';
import { endsBeforeStart } from './warnings';
import { Hints, NextDayQuestion, Warnings, WhichHour } from './when-notes';

interface Choosing {
  slot: WallSlot;
  onChange: (slot: WallSlot) => void;
  practiceZone: string;
  errors: { starts?: string; ends?: string };
  /** How many fields hold a text that is no date or time. */
  onUnread: (count: number) => void;
  /** Whether to show warnings: not for a session without changes. */
  warns: boolean;
}

const NAMES = ['date', 'start', 'end'] as const;
type Name = (typeof NAMES)[number];

export function When({ slot, onChange, practiceZone, errors, onUnread, warns }: Choosing) {
  const { t, locale } = useWords();
  const lengthText = useLengthText();
  const [choosesZone, setChoosesZone] = useState(slot.zone !== practiceZone);
  const [typing, setTyping] = useState(false);
  const [unread, setUnread] = useState<Name[]>([]);
  const field = (name: Name) => ({
    label: t(`form.${name}`),
    onTyping: setTyping,
    onUnread: (wrong: boolean) => {
      const others = unread.filter((one) => one !== name);
      const now = wrong ? [...others, name] : others;
      setUnread(now);
      onUnread(now.length);
    },
  });
  const { starts_at, ends_at } = instantsOf(slot);
  const asks = endsBeforeStart(slot) && !typing && !unread.length;
  return (
    <Stack gap={6}>
      <div className={classes.when}>
        <DateField
          {...field('date')}
          value={slot.date}
          today={todayIn(slot.zone)}
          error={errors.starts}
          onChange={(date) => onChange(onDate(slot, date))}
        />
        <TimeField
          {...field('start')}
          value={slot.start}
          offers={() => startOffers(slot, locale)}
          chosen={starts_at}
          read={(text) => startTyped(slot, text, locale)}
          onChange={onChange}
        />
        <TimeField
          {...field('end')}
          value={slot.end}
          offers={() => endOffers(slot, locale, lengthText)}
          chosen={ends_at}
          error={asks ? t('form.end_before_start') : errors.ends}
          read={(text) => endTyped(slot, text, locale)}
          onChange={onChange}
        />
      </div>
      {asks && <NextDayQuestion slot={slot} onChange={onChange} />}
      <WhichHour slot={slot} onChange={onChange} />
      {warns && !typing && !unread.length && !asks && <Warnings slot={slot} />}
      <Hints slot={slot} />
      {choosesZone ? (
        <ZoneSelect label={t('form.zone')} value={slot.zone} onChange={(zone) => onChange({ ...slot, zone })} />
      ) : (
        <ZoneLine zone={slot.zone} instant={starts_at} onChange={() => setChoosesZone(true)} />
      )}
    </Stack>
  );
}
