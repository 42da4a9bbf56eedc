/** Choosing a free slot by keyboard: the equal of selecting it with the mouse. */
import { type KeyboardEvent, useState } from 'react';
import type { Consultant } from '../api/types';
import { daysLater, instantsOf, nextUsualSlot, shifted } from '../booking/times';
import { announce } from '../shell/announcer';
import { slotText } from '../words/dates';
import { useWords } from '../words/use-words';

export interface Cursor {
  start: string;
  end: string;
  /** In whose column, where there are columns. */
  consultant?: string;
}

const STEP = 30; // minutes

interface Choosing {
  zone: string;
  /** The first moment that is shown; the cursor begins near it, or now. */
  shownFrom: string;
  shownUntil: string;
  /** Left and right go from one to the next; none where each column is a day. */
  columns: Consultant[];
  oneDay: boolean;
  onChoose: (slot: Cursor) => void;
  onTurn: (direction: 1 | -1) => void;
}

export function useSlotCursor({ zone, shownFrom, shownUntil, columns, oneDay, onChoose, onTurn }: Choosing) {
  const { locale } = useWords();
  const [cursor, setCursor] = useState<Cursor | null>(null);

  const put = (next: Cursor) => {
    setCursor(next);
    const whose = columns.find((one) => one.id === next.consultant);
    announce([whose?.name, slotText(next.start, next.end, zone, locale)].filter(Boolean).join(', '));
    if (Date.parse(next.start) >= Date.parse(shownUntil)) onTurn(1);
    if (Date.parse(next.start) < Date.parse(shownFrom)) onTurn(-1);
  };

  const press = (event: KeyboardEvent) => {
    if (!cursor || event.altKey || event.ctrlKey || event.metaKey) return;
    const minutes = { ArrowUp: -STEP, ArrowDown: STEP }[event.key];
    const aside = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const pages = { PageUp: -1, PageDown: 1 }[event.key];
    const beside = aside ? columnBeside(columns, cursor.consultant, aside, oneDay) : null;
    const days = beside?.days ?? aside ?? (pages && pages * (oneDay ? 1 : 7));
    if (minutes && event.shiftKey) {
      const end = shifted(cursor.end, minutes / 2);
      if (Date.parse(end) > Date.parse(cursor.start)) put({ ...cursor, end });
    } else if (minutes) put({ ...cursor, start: shifted(cursor.start, minutes), end: shifted(cursor.end, minutes) });
    else if (days !== undefined) {
      const [start, end] = [daysLater(cursor.start, days, zone), daysLater(cursor.end, days, zone)];
      put({ start, end, consultant: beside ? beside.id : cursor.consultant });
    } else if (event.key === 'Enter') onChoose(cursor);
    else return;
    event.preventDefault();
  };

  return {
    cursor,
    handlers: {
      onFocus: () => put(cursor ?? { ...firstCursor(zone, shownFrom, shownUntil), consultant: columns[0]?.id }),
      onBlur: () => setCursor(null),
      onKeyDown: press,
    },
  };
}

/** The next column in that direction, and how many days it lies away: after the last consultant comes the next day. */
export function columnBeside(columns: Consultant[], from: string | undefined, step: number, oneDay: boolean) {
  if (!columns.length) return null;
  const place = columns.findIndex((one) => one.id === from) + step;
  const days = oneDay ? 0 : Math.floor(place / columns.length);
  const kept = oneDay ? Math.min(Math.max(place, 0), columns.length - 1) : place - days * columns.length;
  return { id: columns[kept]?.id, days };
}

function firstCursor(zone: string, from: string, until: string): Cursor {
  const { starts_at: start, ends_at: end } = instantsOf(nextUsualSlot(zone));
  if (Date.parse(start) >= Date.parse(from) && Date.parse(start) < Date.parse(until)) return { start, end };
  const nine = shifted(from, 9 * 60);
  return { start: nine, end: shifted(nine, 50) };
}
