/** Which zone and which clock are used where the browser's own are of no use. */
import { Text } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { momentText, zoneText } from '../words/dates';
import { clockAhead, nowText, onClockChange } from '../words/now';
import { useWords } from '../words/use-words';
import { browsersZone, viewersZone } from '../words/zone';
import classes from './shell.module.css';

export function TimeNotice() {
  const { t, locale } = useWords();
  const ahead = useSyncExternalStore(onClockChange, clockAhead);
  const zone = viewersZone();
  const notes: string[] = [];
  if (!browsersZone()) notes.push(t('shell.zone_unknown', { zone: zoneText(zone, locale) }));
  if (ahead) notes.push(t('shell.clock_wrong', { now: momentText(nowText(), zone, locale) }));
  return notes.map((note) => (
    <Text key={note} size="sm" role="status" className={classes.note}>
      <IconClockExclamation size={18} aria-hidden />
      {note}
    </Text>
  ));
}
