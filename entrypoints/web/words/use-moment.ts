import { dateIn, dayText, timeText } from './dates';
import { now } from './now';
import { useWords } from './use-words';
import { viewersZone } from './zone';

const DAY = 86_400_000; // milliseconds

/** Within a sentence: “today at 05:52”, “yesterday at 05:52”, or the day and the time. */
export function useMoment() {
  const { t, locale } = useWords();
  const zone = viewersZone();
  return (instant: string): string => {
    const day = dateIn(zone, Date.parse(instant));
    const time = timeText(instant, zone, locale);
    if (day === dateIn(zone, now())) return t('moment.today', { time });
    if (day === dateIn(zone, now() - DAY)) return t('moment.yesterday', { time });
    return t('moment.day', { day: dayText(instant, zone, locale), time });
  };
}
