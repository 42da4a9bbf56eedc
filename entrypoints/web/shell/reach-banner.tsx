/** The one banner that the network or the server cannot be reached, on every page; it goes by itself. */
import { IconCloudOff, IconPlugConnectedX } from '@tabler/icons-react';
import { useIsFetching } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { isFault, queryClient } from '../api/queries';
import { ask, useReach } from '../api/reach';
import { useWords } from '../words/use-words';
import { announce } from './announcer';
import classes from './reach-banner.module.css';

type Trouble = 'offline' | 'silent' | 'failing';

export function ReachBanner() {
  const { t } = useWords();
  const trouble = useTrouble();
  const before = useRef<Trouble | null>(null);
  useEffect(() => {
    document.documentElement.toggleAttribute('data-banner', trouble !== null);
    if (before.current && !trouble) announce(t('reach.back'));
    before.current = trouble;
  }, [trouble, t]);
  if (!trouble) return null;
  const Icon = trouble === 'offline' ? IconCloudOff : IconPlugConnectedX;
  return (
    <div className={classes.banner} role="status" data-testid="reach">
      <Icon size={18} aria-hidden />
      <span>{t(`reach.${trouble}`)}</span>
      <button type="button" className={classes.again} onClick={tryNow}>
        {t('reach.again')}
      </button>
    </div>
  );
}

function useTrouble(): Trouble | null {
  const reach = useReach();
  useIsFetching(); // drawn anew whenever a request ends
  if (reach !== 'reached') return reach;
  return queryClient.getQueryCache().findAll({ type: 'active', predicate: ({ state }) => isFault(state.error) }).length
    ? 'failing'
    : null;
}

function tryNow() {
  void ask();
  void queryClient.refetchQueries({ type: 'active', predicate: ({ state }) => isFault(state.error) });
}
