/**
 * The request to save a form, stored while the person is at a provider's consent page.
 *
 * It lies in this browser under the id of the draft that waits for the return, so that it survives the redirect and a
 * crash. The form takes it when the consent has succeeded, and it is used once. Leaving for the consent page by any
 * other button takes it back.
 */
const PREFIX = 'calendra-save/';

/** Without storage nothing is wished: the form comes back unsaved. */
export function wishToSave(draftId: string) {
  try {
    localStorage.setItem(PREFIX + draftId, new Date().toISOString());
  } catch {
    // full or switched off
  }
}

/** True once for each stored request. */
export function takeWishToSave(draftId: string): boolean {
  try {
    const wished = localStorage.getItem(PREFIX + draftId) !== null;
    localStorage.removeItem(PREFIX + draftId);
    return wished;
  } catch {
    return false; // switched off
  }
}
