/** The words in the address of the calendar. */

export const VIEWS = ['timeGridDay', 'workWeek', 'timeGridWeek', 'dayGridMonth', 'listWeek'] as const;
export type View = (typeof VIEWS)[number];

export const NAMES_OF_VIEWS: Record<View, string> = {
  timeGridDay: 'day',
  workWeek: 'work-week',
  timeGridWeek: 'week',
  dayGridMonth: 'month',
  listWeek: 'list',
};

export function viewNamed(name: string | null): View | undefined {
  return VIEWS.find((view) => NAMES_OF_VIEWS[view] === name);
}

/** The people of `all` whose sessions the address hides; null if it names none, or unknown people. */
export function hiddenBy(search: URLSearchParams, all: string[]): string[] | null {
  const [shown, hidden] = [search.get('with'), search.get('without')];
  if (shown !== null) {
    const rest = all.filter((id) => !shown.split(' ').includes(id));
    return all.length && rest.length === all.length ? null : rest;
  }
  return hidden === null ? null : hidden.split(' ').filter(Boolean);
}

/** The shorter of the two ways to say it; nothing where all are shown. */
export function whose(hidden: string[], all: string[]): [string, string][] {
  if (!hidden.length) return [];
  const shown = all.filter((id) => !hidden.includes(id));
  return shown.length && shown.length < hidden.length ? [['with', shown.join(' ')]] : [['without', hidden.join(' ')]];
}
