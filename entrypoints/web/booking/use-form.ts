/** The state of a session form while a person fills it in, and the effect of other people's changes. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { queryClient, sessionQuery } from '../api/queries';
import { differing, type Field, type Form, formOf } from './form';
import { merged, take, undecided } from './merge';
import type { Opening } from './opening';
import type { Saved } from './saving';

/** `typed`: the field was changed after both versions were shown. */
export type Decision = 'mine' | 'theirs' | 'typed';

export interface Theirs {
  mine: Form;
  theirs: Form;
  /** Fields that both changed, with different values. */
  fields: Field[];
  decided: Partial<Record<Field, Decision>>;
}

export function useForm(opening: Opening) {
  const stored = useStored(opening);
  const [base, setBase] = useState(opening.base);
  const [etag, setEtag] = useState(opening.stored?.etag ?? '');
  const [form, setForm] = useState(opening.form);
  const [theirs, setTheirs] = useState<Theirs | null>(null);
  const dirty = differing(base, form).length > 0;
  const open = theirs ? theirs.fields.filter((field) => !theirs.decided[field]) : [];
  const decide = (decisions: Theirs['decided']) =>
    setTheirs((present) => present && { ...present, decided: { ...present.decided, ...decisions } });

  // Another person saved this session: their version is the new base, and the text typed here stays applied to it.
  const version = stored?.session.version;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another version starts this
  useEffect(() => {
    if (!stored || stored.session.version === versionOf(etag)) return;
    const other = formOf(stored.session);
    const fields = undecided(base, form, other, open);
    if (dirty) setTheirs({ mine: form, theirs: other, fields, decided: {} });
    setForm(merged(base, form, other));
    setBase(other);
    setEtag(stored.etag);
  }, [version]);

  return {
    stored,
    base,
    etag,
    form,
    dirty,
    theirs,
    /** The fields with two versions and no choice yet. */
    open,
    set: (changes: Partial<Form>) => {
      setForm((present) => ({ ...present, ...changes }));
      decide(Object.fromEntries(Object.keys(changes).map((field) => [field, 'typed'])));
    },
    decide: (field: Field, decision: Decision) => {
      if (!theirs) return;
      setForm((present) => take(present, decision === 'mine' ? theirs.mine : theirs.theirs, [field]));
      decide({ [field]: decision });
    },
    discard: () => {
      setForm(base);
      setTheirs(null);
    },
    /** After a refusal because of a newer version. */
    lookAgain: () => {
      const id = opening.stored?.session.id;
      if (id) void queryClient.invalidateQueries({ queryKey: sessionQuery(id).queryKey });
    },
  };
}

/** The session as it is now: its link may arrive while the form is open. */
function useStored(opening: Opening): Saved | null {
  const id = opening.stored?.session.id ?? '';
  const { data } = useQuery({ ...sessionQuery(id), enabled: Boolean(id), initialData: opening.stored ?? undefined });
  return data ?? opening.stored;
}

/** An ETag begins with the version that people's changes count. */
function versionOf(etag: string): number {
  return Number(/\d+/.exec(etag)?.[0] ?? 0);
}
