/** Where the focus goes after a refusal, and when the focused element is gone. */
import { queryClient } from '../api/queries';

let submitted: HTMLFormElement | null = null;

/** For every form of the page: after a refusal the first wrong field has the focus, or else its message. */
export function followRefusals() {
  document.addEventListener(
    'submit',
    (event) => {
      submitted = event.target as HTMLFormElement;
      afterDrawing(() => focusIn(submitted, WRONG));
    },
    true,
  );
  queryClient.getMutationCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'error') return;
    afterDrawing(() => focusIn(submitted, WRONG) || focusIn(submitted, SAID));
  });
}

// The library's password field marks it only in its own attribute.
const WRONG = ':is([aria-invalid="true"], input[data-invalid="true"]):not(:disabled)';
const SAID = '[role="alert"]';

function focusIn(form: HTMLFormElement | null, wanted: string): boolean {
  const focused = document.activeElement;
  const elsewhere = focused !== document.body && !form?.contains(focused); // the person has gone on
  const found = elsewhere ? null : form?.querySelector<HTMLElement>(wanted);
  if (!found) return false;
  if (wanted === SAID) found.tabIndex = -1;
  found.focus();
  return true;
}

function afterDrawing(act: () => void) {
  requestAnimationFrame(() => requestAnimationFrame(act));
}

const GONE = [300, 1_000]; // milliseconds: once the dialog has slid away, and once the sessions are read anew

/** Called before a session goes: returns what then gives the focus to the one beside it. */
export function focusBeside(sessionId: string): () => void {
  const all = [...document.querySelectorAll<HTMLElement>('[data-session]')].map((one) => one.dataset.session);
  const place = all.indexOf(sessionId);
  const beside = [...all.slice(place + 1), ...all.slice(0, Math.max(place, 0)).reverse()];
  const next = beside.find((one) => one && one !== sessionId);
  return () => {
    for (const pause of GONE) {
      setTimeout(() => {
        const focused = document.activeElement;
        if (next && (!focused || focused === document.body))
          document.querySelector<HTMLElement>(`[data-session="${next}"]`)?.focus();
      }, pause);
    }
  };
}
