/** Moments that mostly lie close behind. */
import { viewersZone } from '../booking/times';
import { dateIn, momentText, timeText } from '../words/dates';
import { now } from '../words/now';
import { useWords } from '../words/use-words';

/** “Today, 14:05”, or the day and the time. */
export function useRecentText() {
  const { t, locale } = useWords();
  const zone = viewersZone();
  return (instant: string): string => {
    const sameDay = dateIn(zone, Date.parse(instant)) === dateIn(zone, now());
    return sameDay
      ? t('connections.today', { time: timeText(instant, zone, locale) })
      : momentText(instant, zone, locale);
  };
}

/** When providers start counting anew. */
export function nextUtcMidnight(): string {
  const present = new Date(now());
  return new Date(Date.UTC(present.getUTCFullYear(), present.getUTCMonth(), present.getUTCDate() + 1)).toISOString();
}
