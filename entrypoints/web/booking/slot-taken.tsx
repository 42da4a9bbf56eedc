import { Alert, Button, Text } from '@mantine/core';
import { IconCalendarX } from '@tabler/icons-react';
import type { Problem } from '../api/problem';
import { slotText, timeText } from '../words/dates';
import { useWords } from '../words/use-words';

/** Whose session is in the way, from when to when, and the next moment after it. */
export function SlotTaken({
  problem,
  zone,
  onMove,
}: {
  problem: Problem;
  zone: string;
  onMove?: (start: string) => void;
}) {
  const { t, locale } = useWords();
  const [starts, ends] = [problem.text('starts_at'), problem.text('ends_at')];
  return (
    <Alert
      color="orange"
      icon={<IconCalendarX size={20} />}
      title={t('taken.title')}
      role="alert"
      data-testid="slot-taken"
    >
      <Text size="sm" mb="xs">
        {t('taken.text', { name: problem.text('consultant'), when: slotText(starts, ends, zone, locale) })}
      </Text>
      {onMove && (
        <Button size="xs" variant="default" onClick={() => onMove(ends)}>
          {t('taken.move', { time: timeText(ends, zone, locale) })}
        </Button>
      )}
    </Alert>
  );
}
