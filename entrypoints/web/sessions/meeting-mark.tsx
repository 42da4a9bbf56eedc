import { LINK_CHANGED_ICON } from '../session/link-changed';
import { MEETING_ICONS, type Standing } from '../session/meeting';
import classes from './meeting-mark.module.css';

/** How a meeting stands, as a mark and in words. */
interface Marked {
  standing: Standing;
  state: string;
  linkChanged?: boolean;
}

export function MeetingMark({ standing, state, linkChanged = false }: Marked) {
  const Icon = linkChanged ? LINK_CHANGED_ICON : MEETING_ICONS[standing];
  return (
    <span className={classes.mark} data-standing={standing} data-link-changed={linkChanged || undefined}>
      <Icon size={15} stroke={1.9} aria-hidden />
      {state}
    </span>
  );
}
