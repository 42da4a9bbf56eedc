/** Keys that belong to an input method: an Enter that ends a composition chooses characters and submits nothing. */

const OF_AN_INPUT_METHOD = 229; // the code that browsers give such keys, also where isComposing has ended already

/** For every field of the page, before any other listener. */
export function leaveCompositionsAlone(page: Window) {
  page.addEventListener(
    'keydown',
    (event) => {
      if (!event.isComposing && event.keyCode !== OF_AN_INPUT_METHOD) return;
      event.stopImmediatePropagation();
      if (event.key === 'Enter') event.preventDefault(); // else the form around the field would be sent
    },
    { capture: true },
  );
}
