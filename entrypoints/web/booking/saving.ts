/** Saving a session, and the refusals. */
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useMe } from '../accounts/signed-in';
import { api } from '../api/client';
import { Problem, Unreachable } from '../api/problem';
import { queryClient, sessionQuery } from '../api/queries';
import type { Session } from '../api/types';
import { bodyOfForm, editBody, type Form } from './form';
import type { Opening } from './opening';
import { wishToSave } from './save-on-return';
import { forgetDraft } from './use-drafts';

export interface Saved {
  session: Session;
  etag: string;
}

interface Filled {
  form: Form;
  base: Form;
  etag: string;
  /** True for the save that follows the consent: it leads to no second consent by itself. */
  onReturn?: boolean;
}

interface Answer {
  data?: Session;
  response: Response;
}

/**
 * A new session carries the draft's id as its key: however often the same form is sent, it is booked once. So a lost
 * answer is answered by sending it once more.
 */
export function useSaving(opening: Opening, forget: () => Promise<void>, onSaved: (saved: Saved) => void) {
  const { id: account } = useMe();
  const underWay = useRef<AbortController | null>(null);
  useEffect(() => () => underWay.current?.abort(), []); // a form that is closed is not saved afterwards
  const saving = useMutation({
    mutationFn: ({ form, base, etag }: Filled) => {
      underWay.current = new AbortController();
      const { signal } = underWay.current;
      return withSecondTry(signal, () =>
        opening.stored
          ? edit(opening.stored.session.id, base, form, etag, signal)
          : book(opening.draftId, form, signal),
      );
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(sessionQuery(saved.session.id).queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: ['sessions'] });
      void queryClient.invalidateQueries({ queryKey: ['history', saved.session.id] });
      void queryClient.invalidateQueries({ queryKey: ['consultants'] });
      onSaved(saved);
    },
    onError: (error, { onReturn }) => {
      const address = error instanceof Problem ? error.text('authorize_address') : '';
      const waiting = error instanceof Problem ? error.text('draft_id') : '';
      if (!address) return;
      // The form is kept as the draft that this address leads back to; ours would be a second one.
      if (onReturn) return void forgetDraft(account, waiting);
      wishToSave(waiting);
      void forget().then(() => window.location.assign(address));
    },
  });
  /** True when a save was under way. A request that had reached the server takes effect there. */
  const stop = () => {
    const stopped = saving.isPending;
    underWay.current?.abort();
    saving.reset();
    return stopped;
  };
  return { ...saving, stop };
}

function book(key: string, form: Form, signal: AbortSignal): Promise<Saved> {
  const params = { header: { 'Idempotency-Key': key } };
  return saved(api.POST('/api/bookings', { body: bodyOfForm(form), params, signal }));
}

export function edit(id: string, base: Form, form: Form, etag: string, signal?: AbortSignal): Promise<Saved> {
  const params = { path: { booking_id: id }, header: { 'If-Match': etag } };
  return saved(api.PATCH('/api/bookings/{booking_id}', { params, body: editBody(base, form), signal }));
}

/** Moving and resizing in the calendar, from one consultant to another too. Only what changes is sent. */
export function reschedule(
  session: Session,
  startsAt: string,
  endsAt: string,
  consultantId = session.consultant_id,
): Promise<Saved> {
  const params = { path: { booking_id: session.id }, header: { 'If-Match': `"${session.version}-"` } };
  const body = {
    ...(sameInstant(startsAt, session.starts_at) ? {} : { starts_at: startsAt }),
    ...(sameInstant(endsAt, session.ends_at) ? {} : { ends_at: endsAt }),
    ...(consultantId === session.consultant_id ? {} : { consultant_id: consultantId }),
  };
  return saved(api.PATCH('/api/bookings/{booking_id}', { params, body }));
}

/** Saved unchanged: Calendra tries a refused meeting again. */
export function retry(session: Session): Promise<Saved> {
  const params = { path: { booking_id: session.id }, header: { 'If-Match': `"${session.version}-"` } };
  return saved(api.PATCH('/api/bookings/{booking_id}', { params, body: {} }));
}

function sameInstant(one: string, other: string): boolean {
  return Date.parse(one) === Date.parse(other);
}

async function saved(answer: Promise<Answer>): Promise<Saved> {
  const { data, response } = await answer;
  if (!data) throw new Unreachable();
  return { session: data, etag: response.headers.get('etag') ?? '' };
}

/** Both kinds of saving may be repeated: one has a key, the other names the version that it starts from. */
async function withSecondTry<T>(signal: AbortSignal, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Unreachable && !signal.aborted) return act();
    throw error;
  }
}
