import { Anchor, Text } from '@mantine/core';
import { useMe } from '../accounts/signed-in';
import type { Range } from '../api/queries';
import { dayText } from '../words/dates';
import { useWords } from '../words/use-words';
import type { useFilter } from './filter';
import classes from './sessions.module.css';

interface Reaching {
  range: Range;
  filtering: ReturnType<typeof useFilter>;
}

interface Noted extends Reaching {
  shown: number;
  /** Whether this stretch has sessions that are not on the page yet. */
  more: boolean;
  known: boolean;
}

/** Shows which time the list covers, and leads beyond it. */
export function StretchNote({ range, filtering, shown, more, known }: Noted) {
  const { t } = useWords();
  const day = useDay();
  const words = { from: day(range.start), until: day(range.until) };
  return (
    <div className={classes.stretch}>
      <Text size="xs" c="dimmed" role="status">
        {known && (
          <>
            {t(more ? 'sessions.shown_more' : 'sessions.shown', { count: shown })} {t('sessions.stretch', words)}
          </>
        )}
      </Text>
      <Nearer range={range} filtering={filtering} />
      <Further range={range} filtering={filtering} />
    </div>
  );
}

export function Further({ range, filtering: { filter, set } }: Reaching) {
  const { t } = useWords();
  const day = useDay();
  const end = filter.when === 'past' ? range.start : range.until;
  return (
    <Anchor component="button" type="button" size="xs" onClick={() => set({ further: filter.further + 1 })}>
      {t(`sessions.further.${filter.when}`, { day: day(end) })}
    </Anchor>
  );
}

function Nearer({ range, filtering: { filter, set } }: Reaching) {
  const { t } = useWords();
  const day = useDay();
  if (!filter.further) return null;
  const end = filter.when === 'past' ? range.until : range.start;
  const words = { day: day(end) };
  return (
    <Anchor component="button" type="button" size="xs" onClick={() => set({ further: filter.further - 1 })}>
      {filter.further === 1 ? t(`sessions.back.${filter.when}`) : t(`sessions.nearer.${filter.when}`, words)}
    </Anchor>
  );
}

function useDay() {
  const { locale } = useWords();
  const { zone } = useMe().practice;
  return (instant: string) => dayText(instant, zone, locale);
}
