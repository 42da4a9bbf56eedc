/** The unfinished forms of this account, and their way to the server. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useMe } from '../accounts/signed-in';
import { SIGNED_IN } from '../api/account';
import { draftsQuery, queryClient } from '../api/queries';
import { onHealed } from '../api/reach';
import type { Draft } from '../api/types';
import {
  deleteDraft,
  forgetHere,
  isHere,
  type KeptHere,
  keepHere,
  keepOnlyOf,
  keptHere,
  putDraft,
  sendOutbox,
  unforgetHere,
  watchOutbox,
  withThoseHere,
} from './outbox';

/** Those of the server, and those that only this browser has yet. */
export function useDrafts() {
  const me = useMe();
  const { data = [] } = useQuery(draftsQuery);
  const [, seen] = useState(0);
  useEffect(() => watchOutbox(() => seen((count) => count + 1)), []);
  return withThoseHere(me.id, data);
}

/** How many drafts only this browser has. */
export function useUnsent(): number {
  const me = useMe();
  const [count, setCount] = useState(() => keptHere(me.id).length);
  useEffect(() => watchOutbox(() => setCount(keptHere(me.id).length)), [me.id]);
  return count;
}

/** Deletes other accounts' drafts in this browser, and sends those that this one typed during an outage. */
export function useOutbox() {
  const me = useMe();
  useEffect(() => {
    keepOnlyOf(me.id);
    const send = () => void sendOutbox(me.id).catch(() => {}); // it stays here, and is sent when the server is back
    send();
    window.addEventListener(SIGNED_IN, send);
    const stop = onHealed(send);
    return () => {
      window.removeEventListener(SIGNED_IN, send);
      stop();
    };
  }, [me.id]);
}

/** For good, also when the server cannot be reached now. */
export async function forgetDraft(account: string, id: string) {
  if (forgetHere(account, id)) {
    await sendOutbox(account).catch(() => {}); // the note that it is forgotten stays here until then
  } else {
    await deleteDraft(id).catch(() => {}); // this browser keeps nothing; the draft lapses by itself
    await queryClient.invalidateQueries(draftsQuery);
  }
}

/** A draft that was discarded is there again. Rejects when neither this browser nor the server takes it. */
export async function bringBackDraft(account: string, draft: Draft | KeptHere) {
  if (isHere(draft) && keepHere(account, draft)) {
    await sendOutbox(account).catch(() => {}); // it stays here until then
    return;
  }
  unforgetHere(account, draft.id);
  await putDraft(draft);
  await queryClient.invalidateQueries(draftsQuery);
}
