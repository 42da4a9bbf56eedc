/** What a session form holds while it is filled in, and what other people's changes do to it. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { queryClient, sessionQuery } from '../api/queries';
import { differing, type Field, type Form, formOf } from './form';
import { contested, merged, take } from './merge';
import type { Opening } from './opening';
import type { Saved } from './saving';

interface Theirs {
  mine: Form;
  theirs: Form;
  fields: Field[];
}

export function useForm(opening: Opening) {
  const stored = useStored(opening);
  const [base, setBase] = useState(opening.base);
  const [etag, setEtag] = useState(opening.stored?.etag ?? '');
  const [form, setForm] = useState(opening.form);
  const [theirs, setTheirs] = useState<Theirs | null>(null);
  const dirty = differing(base, form).length > 0;

  // Somebody else saved this session: their version is the new ground, and what was typed here stays on top of it.
  const version = stored?.session.version;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another version starts this
  useEffect(() => {
    if (!stored || stored.session.version === versionOf(etag)) return;
    const other = formOf(stored.session);
    if (dirty) setTheirs({ mine: form, theirs: other, fields: contested(base, form, other) });
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
    set: (changes: Partial<Form>) => setForm((present) => ({ ...present, ...changes })),
    takeField: (field: Field, from: Form) => setForm((present) => take(present, from, [field])),
    discard: () => setForm(base),
    /** After a refusal that said that there is a newer version. */
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
