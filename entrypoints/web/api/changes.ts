/** Other people's changes, from the server's stream of events; closed while the page is hidden. */
import { useEffect } from 'react';
import { SIGNED_IN } from './account';
import { queryClient } from './queries';
import { noteSilence, onHealed } from './reach';

function refresh(...keys: string[]) {
  for (const key of keys) void queryClient.invalidateQueries({ queryKey: [key] });
}

interface Told {
  id: string;
}

function follow(): EventSource {
  const source = new EventSource('/api/events');
  source.addEventListener('booking', (event) => {
    const { id } = JSON.parse(event.data) as Told;
    refresh('sessions', 'practice');
    void queryClient.invalidateQueries({ queryKey: ['session', id] });
    void queryClient.invalidateQueries({ queryKey: ['history', id] });
  });
  source.addEventListener('connection', () => refresh('consultants', 'sessions', 'session', 'practice'));
  return source;
}

const AGAIN = 15_000; // milliseconds until a stream that was refused is tried again

/** Browsers allow few streams for each server, so a hidden tab closes its own and catches up later. */
export function useChanges() {
  useEffect(() => {
    let source: EventSource | undefined;
    let again: number | undefined;
    const listen = () => {
      if (document.hidden) {
        source?.close();
        source = undefined;
      } else if (!source) {
        const opened = follow();
        source = opened;
        opened.addEventListener('open', () => refresh('sessions', 'session', 'consultants', 'drafts'));
        opened.addEventListener('error', () => {
          noteSilence();
          if (opened.readyState !== EventSource.CLOSED || source !== opened) return;
          source = undefined;
          refresh('me'); // a page that was signed out elsewhere learns it from this query
          window.clearTimeout(again);
          again = window.setTimeout(listen, AGAIN);
        });
      }
    };
    listen();
    document.addEventListener('visibilitychange', listen);
    window.addEventListener(SIGNED_IN, listen);
    const deaf = onHealed(listen);
    return () => {
      deaf();
      document.removeEventListener('visibilitychange', listen);
      window.removeEventListener(SIGNED_IN, listen);
      window.clearTimeout(again);
      source?.close();
    };
  }, []);
}
