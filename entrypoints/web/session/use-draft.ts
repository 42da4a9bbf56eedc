/** Keeps what is typed as an unfinished form, so that no accident loses it. */
import { useEffect, useRef, useState } from 'react';
import { api } from '../api/client';
import { draftsQuery, queryClient } from '../api/queries';
import { bodyOfForm, editBody, type Form } from './form';

const PAUSE = 900; // milliseconds without typing

export function useDraft(draftId: string, bookingId: string | null, base: Form, form: Form, dirty: boolean) {
  const [keptAt, setKeptAt] = useState<string | null>(null);
  const last = useRef('');
  const over = useRef(false);
  const underWay = useRef<Promise<unknown>>(Promise.resolve());

  const put = async (body: NonNullable<ReturnType<typeof draftBody>>) => {
    await api.PUT('/api/drafts/{draft_id}', { params: { path: { draft_id: draftId } }, body });
    last.current = JSON.stringify(body);
    setKeptAt(new Date().toISOString());
    void queryClient.invalidateQueries(draftsQuery);
  };

  const keep = async () => {
    const body = draftBody(bookingId, base, form);
    if (over.current || !body || JSON.stringify(body) === last.current) return;
    const putting = put(body);
    underWay.current = putting.catch(() => {});
    await putting;
  };

  /** For good: one that is just being kept would otherwise come after its end. */
  const forget = async () => {
    over.current = true;
    await underWay.current;
    await forgetDraft(draftId).catch(() => {}); // it lapses by itself
  };

  /** What was typed is thrown away, and more may be typed. */
  const discard = async () => {
    await underWay.current;
    await forgetDraft(draftId);
    last.current = '';
  };

  useEffect(() => {
    if (!dirty) return;
    // A failure is no matter yet: the next change tries again, and saving tells what is wrong.
    const timer = setTimeout(() => void keep().catch(() => {}), PAUSE);
    return () => clearTimeout(timer);
  });

  return { keptAt, keep, forget, discard };
}

export async function forgetDraft(draftId: string) {
  await api.DELETE('/api/drafts/{draft_id}', { params: { path: { draft_id: draftId } } });
  void queryClient.invalidateQueries(draftsQuery);
}

/** Nothing while a date or time is only half typed. */
function draftBody(bookingId: string | null, base: Form, form: Form) {
  try {
    return { booking_id: bookingId, form: bookingId ? editBody(base, form) : bodyOfForm(form) } as {
      booking_id: string | null;
      form: Record<string, never>;
    };
  } catch {
    return null;
  }
}
