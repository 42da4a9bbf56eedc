/** Which views have a column for each consultant, and the names of these views. */
import type { Consultant, Session } from '../api/types';
import type { View } from './address';

type Assigned = Pick<Session, 'consultant_id' | 'consultant'>;

/** With the people who hold no sessions any more and still have some here: their accounts have ended. */
export function withFormer(consultants: Consultant[], sessions: Assigned[]): Consultant[] {
  const known = new Set(consultants.map((one) => one.id));
  const former = new Map(
    sessions.filter((one) => !known.has(one.consultant_id)).map((one) => [one.consultant_id, one.consultant]),
  );
  if (!former.size) return consultants;
  return [...consultants, ...[...former].map(([id, name]) => ({ id, name, email: '', zone: '', connections: [] }))];
}

const COLUMNS = { timeGridDay: 'consultantDay', workWeek: 'consultantWeek' } as const;

/** Whether each consultant has a column of their own. */
export function hasColumns(view: View, columns: Consultant[]): boolean {
  return view in COLUMNS && columns.length > 1;
}

/** The name of the view that is drawn. */
export function drawnView(view: View, columns: Consultant[]): string {
  return hasColumns(view, columns) ? COLUMNS[view as keyof typeof COLUMNS] : view;
}
