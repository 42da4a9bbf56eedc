/** Sessions as FullCalendar takes them. */
import type { EventDisplayInfo, EventInput } from '@fullcalendar/react';
import type { Consultant, Session } from '../api/types';
import type { InColumn } from './consultant-columns';
import { toneOf } from './tones';
import type { Move } from './use-moving';
import type { Cursor } from './use-slot-cursor';

const CURSOR = 'cursor';

/** `pending` is the session's new place while it is moved by keyboard. */
export function eventOf(session: Session, pending: Move | null): EventInput {
  const moving = pending?.session.id === session.id ? pending : null;
  return {
    id: session.id,
    title: session.title,
    start: moving?.start ?? session.starts_at,
    end: moving?.end ?? session.ends_at,
    editable: session.status === 'planned',
    extendedProps: { consultantId: moving?.consultantId ?? session.consultant_id },
  };
}

/** The free slot that is being chosen by keyboard. */
export function cursorEvent(cursor: Cursor, title: string): EventInput {
  return {
    id: CURSOR,
    start: cursor.start,
    end: cursor.end,
    title,
    editable: false,
    interactive: false,
    extendedProps: { consultantId: cursor.consultant ?? '' },
  };
}

export function eventClasses(
  info: EventDisplayInfo,
  byId: Map<string, Session>,
  consultants: Consultant[],
  pending: Move | null,
): string {
  const session = byId.get(info.event.id);
  if (!session) return info.event.id === CURSOR ? 'slot-cursor' : '';
  const moving = pending?.session.id === session.id ? 'is-moving' : '';
  const gone = session.status === 'cancelled' ? 'is-cancelled' : '';
  const lifted = info.isMirror ? 'is-lifted' : '';
  const { consultantId } = info.event.extendedProps as InColumn;
  return `${toneOf(consultants, consultantId ?? session.consultant_id)} ${moving} ${gone} ${lifted}`;
}
