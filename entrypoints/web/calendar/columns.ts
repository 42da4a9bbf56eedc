/** Which views have a column for each consultant, and the names of these views. */
import type { Consultant } from '../api/types';
import type { View } from './address';

const COLUMNS = { timeGridDay: 'consultantDay', workWeek: 'consultantWeek' } as const;

/** Whether each consultant has a column of their own. */
export function hasColumns(view: View, columns: Consultant[]): boolean {
  return view in COLUMNS && columns.length > 1;
}

/** The name of the view that is drawn. */
export function drawnView(view: View, columns: Consultant[]): string {
  return hasColumns(view, columns) ? COLUMNS[view as keyof typeof COLUMNS] : view;
}
