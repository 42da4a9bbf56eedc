/** Two people changed one session: whose change goes where. */
import { differing, type Field, type Form } from './form.ts';

/** Fields that both changed, and differently. */
export function contested(base: Form, mine: Form, theirs: Form): Field[] {
  const ours = differing(base, mine);
  const other = differing(base, theirs);
  const apart = differing(mine, theirs);
  return ours.filter((field) => other.includes(field) && apart.includes(field));
}

/** What is to be chosen when another version comes. `open` was not chosen when the one before came. */
export function undecided(base: Form, mine: Form, theirs: Form, open: Field[]): Field[] {
  const found = contested(base, mine, theirs);
  return differing(mine, theirs).filter((field) => found.includes(field) || open.includes(field));
}

/** Theirs, with what only I changed laid over it. Contested fields stay as I have them until I decide. */
export function merged(base: Form, mine: Form, theirs: Form): Form {
  return take(theirs, mine, differing(base, mine));
}

export function take(into: Form, from: Form, fields: Field[]): Form {
  const taken = Object.fromEntries(fields.map((field) => [field, from[field]])) as Partial<Form>;
  return { ...into, ...taken };
}
