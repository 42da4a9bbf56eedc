/** Hides everything but the dialog on top, while it is unknown whether the viewer may see it. What was typed stays. */
import { useEffect } from 'react';

/** The class of the visible part; page.css hides the rest from eyes, keyboards and screen readers. */
export const UNVEILED = 'unveiled';

/** The tab's title too: it may name a client. */
export function useVeil(veiled: boolean) {
  useEffect(() => {
    if (!veiled) return;
    const title = document.title;
    document.documentElement.dataset.veiled = '';
    document.title = 'Calendra';
    return () => {
      delete document.documentElement.dataset.veiled;
      document.title = title;
    };
  }, [veiled]);
}
