/** The effect of dragging, selecting and pressing a key in the calendar. */
import type { EventDisplayInfo } from '@fullcalendar/react';
import type { KeyboardEvent } from 'react';
import type { Session } from '../api/types';
import { shifted } from '../booking/times';
import type { InColumn } from './consultant-columns';
import type { Move } from './use-moving';
import type { Cursor } from './use-slot-cursor';

const SHORTEST = 30; // minutes: the length that one click selects
const USUAL = 50;

interface Acting {
  byId: Map<string, Session>;
  onSelect: (slot: Cursor) => void;
  onMove: (move: Move) => Promise<boolean>;
  onBeginMoving: (session: Session) => void;
}

export function gridActs({ byId, onSelect, onMove, onBeginMoving }: Acting) {
  const select = (start: Date, end: Date, where: InColumn) => {
    const minutes = (end.getTime() - start.getTime()) / 60_000;
    const until = minutes <= SHORTEST ? shifted(start.toISOString(), USUAL) : end.toISOString();
    onSelect({ start: start.toISOString(), end: until, consultant: where.consultantId });
  };
  return {
    select,
    /** A mouse selects with a click. */
    tap: (date: Date, event: Event, where: InColumn) => {
      if (isTouch(event)) select(date, new Date(date.getTime() + SHORTEST * 60_000), where);
    },
    move: async (event: EventDisplayInfo['event'], revert: () => void) => {
      const session = byId.get(event.id);
      if (!session || !event.start || !event.end) return revert();
      const { consultantId } = event.extendedProps as InColumn;
      const wanted = { session, start: event.start.toISOString(), end: event.end.toISOString(), consultantId };
      if (!(await onMove(wanted))) revert();
    },
    press: (event: KeyboardEvent<HTMLElement>) => {
      const id = (event.target as HTMLElement).closest<HTMLElement>('[data-session]')?.dataset.session;
      const session = id && byId.get(id);
      if (!session || event.key.toLowerCase() !== 'm' || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      if (session.status === 'planned') onBeginMoving(session);
    },
  };
}

function isTouch(event: Event): boolean {
  return event.type.startsWith('touch') || (event as PointerEvent).pointerType === 'touch';
}
