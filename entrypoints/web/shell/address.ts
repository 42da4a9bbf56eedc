/** Reads the address of a page. Invalid values of a damaged link are ignored. */
type Rule = (value: string) => boolean;

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

const isId: Rule = (value) => UUID.test(value);
const areIds: Rule = (value) => value.split(' ').filter(Boolean).every(isId);
const oneOf =
  (...values: string[]): Rule =>
  (value) =>
    values.includes(value);

const RULES: Record<string, Rule> = {
  session: isId,
  draft: isId,
  client: isId,
  consultant: isId,
  show: isId,
  with: areIds,
  without: areIds,
  start: isInstant,
  end: isInstant,
  on: isDate,
  view: oneOf('day', 'work-week', 'week', 'month', 'list'),
  cancelled: oneOf('shown'),
  when: oneOf('upcoming', 'past'),
  only: oneOf('planned', 'online', 'at_risk', 'cancelled'),
  further: (value) => /^\d{1,2}$/.test(value),
  archived: oneOf('true'),
};

/** The address without invalid parts; null if all parts are valid. */
export function cleaned(search: URLSearchParams): URLSearchParams | null {
  const wrong = [...search].filter(([name, value]) => RULES[name] && !RULES[name](value)).map(([name]) => name);
  const [start, end] = [search.get('start'), search.get('end')];
  if (start === null ? end !== null : end === null || !(Date.parse(start) < Date.parse(end)))
    wrong.push('start', 'end');
  if (!wrong.length) return null;
  const kept = new URLSearchParams(search);
  for (const name of wrong) kept.delete(name);
  return kept;
}

function isInstant(value: string): boolean {
  return /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value));
}

function isDate(value: string): boolean {
  const moment = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(moment) && new Date(moment).toISOString().slice(0, 10) === value;
}
