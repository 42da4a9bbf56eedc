import { IconCircleCheck, IconCircleDashed, IconHourglass, IconPlugConnectedX } from '@tabler/icons-react';
import type { Connection } from '../api/types';
import { useWords } from '../words/use-words';
import classes from './connections.module.css';

const ICONS = {
  connected: IconCircleCheck,
  not_connected: IconCircleDashed,
  needs_reconnecting: IconPlugConnectedX,
  disconnecting: IconHourglass,
  not_set_up: IconPlugConnectedX,
} as const;

export function StatusMark({ connection }: { connection: Connection }) {
  const { t } = useWords();
  const status = connection.set_up ? connection.status : 'not_set_up';
  const Icon = ICONS[status];
  return (
    <span className={classes.status} data-status={status}>
      <Icon size={15} stroke={1.9} aria-hidden />
      {t(`connections.status.${status}`)}
    </span>
  );
}
