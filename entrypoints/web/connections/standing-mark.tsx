import { IconCircleCheck, IconCircleDashed, IconHourglass, IconPlugConnectedX } from '@tabler/icons-react';
import type { Connection } from '../api/types';
import { useWords } from '../words/use-words';
import classes from './connections.module.css';

const ICONS = {
  connected: IconCircleCheck,
  not_connected: IconCircleDashed,
  needs_reconnecting: IconPlugConnectedX,
  disconnecting: IconHourglass,
} as const;

export function StandingMark({ standing }: { standing: Connection['standing'] }) {
  const { t } = useWords();
  const Icon = ICONS[standing];
  return (
    <span className={classes.standing} data-standing={standing}>
      <Icon size={15} stroke={1.9} aria-hidden />
      {t(`connections.standing.${standing}`)}
    </span>
  );
}
