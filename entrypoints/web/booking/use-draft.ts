/** Saves what is typed as a draft, in this browser at once and on the server soon, so that no accident loses
 * it. */
import { useEffect, useRef, useState } from 'react';
import { useMe } from '../accounts/signed-in';
import { differing, type Form, keptBody } from './form';
import { forgetHere, isKeptHere, type KeptHere, keepHere, putDraft, sendOutbox } from './outbox';
import { forgetDraft } from './use-drafts';

const PAUSE = 900; // milliseconds without typing until the server is sent it

/** `here`: only this browser has it. */
export interface Kept {
  at: string;
  where: 'server' | 'here';
}

export function useDraft(draftId: string, bookingId: string | null, base: Form, form: Form, dirty: boolean) {
  const { id: account } = useMe();
  const [kept, setKept] = useState<Kept | null>(null);
  const present = JSON.stringify(form);
  const last = useRef(present);
  const written = useRef(false);
  const over = useRef(false);

  const draft = (): KeptHere => ({
    id: draftId,
    booking_id: bookingId,
    saved_at: new Date().toISOString(),
    form: keptBody(bookingId !== null, base, form) as KeptHere['form'],
    typed: { form, fields: differing(base, form) },
  });

  /** Nowhere is null: neither this browser nor the server takes it. */
  const send = async (written: KeptHere, here: boolean): Promise<Kept | null> => {
    try {
      await (here ? sendOutbox(account) : putDraft(written));
      return { at: written.saved_at, where: here && isKeptHere(account, draftId) ? 'here' : 'server' };
    } catch {
      return here ? { at: written.saved_at, where: 'here' } : null;
    }
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the form is kept once
  useEffect(() => {
    if (present === last.current || over.current) return;
    last.current = present;
    if (!dirty) {
      if (written.current) forgetHere(account, draftId);
      return;
    }
    const typed = draft();
    const here = keepHere(account, typed);
    written.current = true;
    const timer = setTimeout(() => void send(typed, here).then(setKept), PAUSE);
    return () => clearTimeout(timer);
  }, [present, dirty]);

  /** Before the form closes. False when nothing could keep it. */
  const keep = async (): Promise<boolean> => {
    const typed = draft();
    const here = keepHere(account, typed);
    const sending = send(typed, here);
    if (!here) return (await sending) !== null;
    over.current = true;
    return true;
  };

  /** For good: a request under way would otherwise arrive after the end. */
  const forget = async () => {
    over.current = true;
    await forgetDraft(account, draftId);
  };

  /** Discards what was typed; the person may type on. */
  const discard = async () => {
    setKept(null);
    written.current = false;
    await forgetDraft(account, draftId);
  };

  return { kept, keep, forget, discard };
}
