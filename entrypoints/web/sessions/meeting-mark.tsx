import { MEETING_ICONS, type Standing } from '../session/meeting';
import classes from './meeting-mark.module.css';

/** How a meeting stands, as a mark and in words. */
export function MeetingMark({ standing, state }: { standing: Standing; state: string }) {
  const Icon = MEETING_ICONS[standing];
  return (
    <span className={classes.mark} data-standing={standing}>
      <Icon size={15} stroke={1.9} aria-hidden />
      {state}
    </span>
  );
}
