/** What stands where sessions will be, or could not be loaded. */
import { Button, Skeleton } from '@mantine/core';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import classes from './sessions.module.css';

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f'];

export function Waiting() {
  const { t } = useWords();
  return (
    <div className={classes.waiting} role="status" aria-label={t('shell.loading')}>
      <Skeleton height={14} width={190} />
      {ROWS.map((row) => (
        <Skeleton key={row} height={50} />
      ))}
    </div>
  );
}

export function Failed({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  const { t } = useWords();
  return (
    <Trouble error={error}>
      <Button variant="default" size="xs" mt="sm" onClick={onAgain}>
        {t('shell.try_again')}
      </Button>
    </Trouble>
  );
}
