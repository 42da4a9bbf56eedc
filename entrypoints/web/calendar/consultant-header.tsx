import type { Consultant } from '../api/types';
import classes from './calendar.module.css';
import { initialsOf } from './tones';

/** Above a consultant's column. */
export function ConsultantHeader({ consultant, tone }: { consultant: Consultant; tone: string }) {
  return (
    <span className={`${classes.columnHead} ${tone}`} title={consultant.name}>
      <span className={classes.initials} aria-hidden>
        {initialsOf(consultant.name)}
      </span>
      <span className={classes.columnName}>{consultant.name}</span>
    </span>
  );
}
