/** Whose page this is. Another account that signs in, in whichever tab, ends this page before anything is saved. */

/** The event for a cookie of this browser that now belongs to another account. */
export const ACCOUNT_CHANGED = 'calendra:account-changed';
/** The events for the end of a login, and for a new login. */
export const SIGNED_OUT = 'calendra:signed-out';
export const SIGNED_IN = 'calendra:signed-in';
/** The event for a practice that demands a second factor by now, which this login does not have. */
export const FACTOR_NEEDED = 'calendra:factor-needed';

interface Said {
  account: string | null;
}

const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('calendra-account') : null;
let believed: string | null = null;

/** The account that this page shows. Every request names it, and the server refuses the request for another account. */
export function believedAccount(): string | null {
  return believed;
}

export function believe(account: string) {
  believed ??= account;
  if (believed !== account) window.dispatchEvent(new Event(ACCOUNT_CHANGED));
}

/** Notifies the other tabs of the account that is signed in in this browser; null if none. */
export function tellTabs(account: string | null) {
  tabs?.postMessage({ account } satisfies Said);
}

tabs?.addEventListener('message', (event: MessageEvent<Said>) => {
  const { account } = event.data;
  if (!believed) {
    if (account) window.location.reload(); // it asks for a sign-in that has happened elsewhere
  } else if (!account) window.dispatchEvent(new Event(SIGNED_OUT));
  else window.dispatchEvent(new Event(account === believed ? SIGNED_IN : ACCOUNT_CHANGED));
});
