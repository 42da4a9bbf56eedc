/** Whose page this is. Another account that signs in, in whichever tab, ends this page before anything is saved. */

/** The event that says that the cookie of this browser belongs to somebody else by now. */
export const ACCOUNT_CHANGED = 'calendra:account-changed';
/** The events that tell the page that its sign-in has ended, and that somebody signed in. */
export const SIGNED_OUT = 'calendra:signed-out';
export const SIGNED_IN = 'calendra:signed-in';

interface Said {
  account: string | null;
}

const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('calendra-account') : null;
let believed: string | null = null;

/** The account that this page shows; sent along with every request, and the server refuses it for anybody else. */
export function believedAccount(): string | null {
  return believed;
}

export function believe(account: string) {
  believed ??= account;
  if (believed !== account) window.dispatchEvent(new Event(ACCOUNT_CHANGED));
}

/** Tells the other tabs who is signed in in this browser now; null: nobody. */
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
