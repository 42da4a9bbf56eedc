import { VisuallyHidden } from '@mantine/core';
import { useEffect, useState } from 'react';

const SAID = 'calendra:announce';

/** Announces messages to screen readers. */
export function announce(text: string) {
  window.dispatchEvent(new CustomEvent(SAID, { detail: text }));
}

/** The one live region. Repeated words are announced again, because their element is new. */
export function Announcer() {
  const [said, setSaid] = useState({ text: '', count: 0 });
  useEffect(() => {
    const hear = (event: Event) => {
      const text = (event as CustomEvent<string>).detail;
      setSaid(({ count }) => ({ text, count: count + 1 }));
    };
    window.addEventListener(SAID, hear);
    return () => window.removeEventListener(SAID, hear);
  }, []);
  return (
    <VisuallyHidden>
      <div role="status" aria-live="polite" data-testid="announcer">
        <span key={said.count}>{said.text}</span>
      </div>
    </VisuallyHidden>
  );
}
