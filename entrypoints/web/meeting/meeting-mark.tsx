import { LINK_CHANGED_ICON } from './link-changed';
import { MEETING_ICONS, type Status } from './meeting';
import classes from './meeting-mark.module.css';

/** How a meeting stands, as a mark and in words. */
interface Marked {
  status: Status;
  state: string;
  linkChanged?: boolean;
}

export function MeetingMark({ status, state, linkChanged = false }: Marked) {
  const Icon = linkChanged ? LINK_CHANGED_ICON : MEETING_ICONS[status];
  return (
    <span className={classes.mark} data-status={status} data-link-changed={linkChanged || undefined}>
      <Icon size={15} stroke={1.9} aria-hidden />
      {state}
    </span>
  );
}
