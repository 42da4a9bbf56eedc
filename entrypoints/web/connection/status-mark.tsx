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

export function StatusMark({ status }: { status: Connection['status'] }) {
  const { t } = useWords();
  const Icon = ICONS[status];
  return (
    <span className={classes.status} data-status={status}>
      <Icon size={15} stroke={1.9} aria-hidden />
      {t(`connections.status.${status}`)}
    </span>
  );
}
