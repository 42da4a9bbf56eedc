/** Points out a session that was just saved, or that a link leads to. */
import { useEffect } from 'react';

const LONG_ENOUGH = 8_000; // milliseconds

/** `drawn` changes when the calendar draws other sessions. */
export function useSpotlight(id: string | null, drawn: unknown) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: it looks again whenever other sessions are drawn
  useEffect(() => {
    if (!id) return;
    const frame = requestAnimationFrame(() => {
      const element = document.querySelector<HTMLElement>(`[data-session="${CSS.escape(id)}"]`);
      if (!element) return;
      element.dataset.spotlight = '';
      element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
    const over = setTimeout(() => {
      for (const one of document.querySelectorAll<HTMLElement>('[data-spotlight]')) delete one.dataset.spotlight;
    }, LONG_ENOUGH);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(over);
    };
  }, [id, drawn]);
}
