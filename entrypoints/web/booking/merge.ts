/** Two people changed one session: whose change goes where. */
import { differing, type Field, type Form } from './form.ts';

/** Fields that both changed, and differently. */
export function contested(base: Form, mine: Form, theirs: Form): Field[] {
  const ours = differing(base, mine);
  const other = differing(base, theirs);
  const apart = differing(mine, theirs);
  return ours.filter((field) => other.includes(field) && apart.includes(field));
}

/** The choices when another version arrives. `open` were undecided when the previous one arrived. */
export function undecided(base: Form, mine: Form, theirs: Form, open: Field[]): Field[] {
  const found = contested(base, mine, theirs);
  return differing(mine, theirs).filter((field) => found.includes(field) || open.includes(field));
}

/** The other version, with this form's own changes. Conflicting fields keep this form's value until a choice. */
export function merged(base: Form, mine: Form, theirs: Form): Form {
  return take(theirs, mine, differing(base, mine));
}

export function take(into: Form, from: Form, fields: Field[]): Form {
  const taken = Object.fromEntries(fields.map((field) => [field, from[field]])) as Partial<Form>;
  return { ...into, ...taken };
}
