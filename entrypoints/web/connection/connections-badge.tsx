/** The number of connections that need attention, at the link to them. */
import { useQuery } from '@tanstack/react-query';
import { consultantsQuery } from '../api/queries';
import classes from '../shell/shell.module.css';
import { useWords } from '../words/use-words';
import { deadAmong } from './dead';

export function ConnectionsBadge() {
  const { t } = useWords();
  const { data: consultants = [] } = useQuery(consultantsQuery);
  const count = deadAmong(consultants).length;
  if (!count) return null;
  return (
    <>
      <span className={classes.badge} aria-hidden data-testid="connections-badge">
        {count}
      </span>
      <span className="only-heard">{t('shell.dead_connections', { count })}</span>
    </>
  );
}
