/** Choosing a free slot by keyboard: the equal of selecting it with the mouse. */
import { type KeyboardEvent, useState } from 'react';
import { daysLater, instantsOf, nextUsualSlot, shifted } from '../session/times';
import { announce } from '../shell/announcer';
import { slotText } from '../words/dates';
import { useWords } from '../words/use-words';

export interface Cursor {
  start: string;
  end: string;
}

const STEP = 30; // minutes

interface Choosing {
  zone: string;
  /** The first moment that is shown; the cursor begins near it, or now. */
  shownFrom: string;
  shownUntil: string;
  onChoose: (slot: Cursor) => void;
  onTurn: (direction: 1 | -1) => void;
}

export function useSlotCursor({ zone, shownFrom, shownUntil, onChoose, onTurn }: Choosing) {
  const { locale } = useWords();
  const [cursor, setCursor] = useState<Cursor | null>(null);

  const put = (next: Cursor) => {
    setCursor(next);
    announce(slotText(next.start, next.end, zone, locale));
    if (Date.parse(next.start) >= Date.parse(shownUntil)) onTurn(1);
    if (Date.parse(next.start) < Date.parse(shownFrom)) onTurn(-1);
  };

  const press = (event: KeyboardEvent) => {
    if (!cursor || event.altKey || event.ctrlKey || event.metaKey) return;
    const minutes = { ArrowUp: -STEP, ArrowDown: STEP }[event.key];
    const days = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7 }[event.key];
    if (minutes && event.shiftKey) {
      const end = shifted(cursor.end, minutes / 2);
      if (Date.parse(end) > Date.parse(cursor.start)) put({ ...cursor, end });
    } else if (minutes) put({ start: shifted(cursor.start, minutes), end: shifted(cursor.end, minutes) });
    else if (days) put({ start: daysLater(cursor.start, days, zone), end: daysLater(cursor.end, days, zone) });
    else if (event.key === 'Enter') onChoose(cursor);
    else return;
    event.preventDefault();
  };

  return {
    cursor,
    handlers: {
      onFocus: () => put(cursor ?? firstCursor(zone, shownFrom, shownUntil)),
      onBlur: () => setCursor(null),
      onKeyDown: press,
    },
  };
}

function firstCursor(zone: string, from: string, until: string): Cursor {
  const { starts_at: start, ends_at: end } = instantsOf(nextUsualSlot(zone));
  if (Date.parse(start) >= Date.parse(from) && Date.parse(start) < Date.parse(until)) return { start, end };
  const nine = shifted(from, 9 * 60);
  return { start: nine, end: shifted(nine, 50) };
}
