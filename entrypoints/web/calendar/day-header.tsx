/** What stands above a day, as the platform writes it: “ned., 29.”. The day of the month, with the full stop that belongs
 * to it, is one piece, which is set off where it is today's. */
import type { ReactNode } from 'react';
import classes from './calendar.module.css';
import { type Part, piecesOf } from './header-pieces';

interface Head {
  text: string;
  textParts: Part[];
  dayNumberText: string;
  isToday: boolean;
  inPopover?: boolean;
}

export function dayHeader({ text, textParts, dayNumberText, isToday, inPopover }: Head): ReactNode {
  if (!dayNumberText || inPopover) return text;
  return (
    <span className={classes.dayHead} data-today={isToday || undefined}>
      {piecesOf(textParts).map((piece) => (
        <span key={piece.text} className={piece.isDay ? classes.dayNumber : undefined}>
          {piece.text}
        </span>
      ))}
    </span>
  );
}
