/** The placeholder while sessions load. */
import { Skeleton } from '@mantine/core';
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
