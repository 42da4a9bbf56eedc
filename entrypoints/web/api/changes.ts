/** Other people's changes, as the server tells them; while the page is hidden nothing is listened to. */
import { useEffect } from 'react';
import { queryClient } from './queries';

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
    refresh('sessions');
    void queryClient.invalidateQueries({ queryKey: ['session', id] });
    void queryClient.invalidateQueries({ queryKey: ['history', id] });
  });
  source.addEventListener('connection', () => refresh('consultants', 'sessions', 'session'));
  return source;
}

/** Browsers allow few streams for each server, so a tab that nobody sees gives its own back and catches up later. */
export function useChanges() {
  useEffect(() => {
    let source: EventSource | undefined;
    const listen = () => {
      if (document.hidden) {
        source?.close();
        source = undefined;
      } else if (!source) {
        source = follow();
        source.addEventListener('open', () => refresh('sessions', 'session', 'consultants', 'drafts'));
      }
    };
    listen();
    document.addEventListener('visibilitychange', listen);
    return () => {
      document.removeEventListener('visibilitychange', listen);
      source?.close();
    };
  }, []);
}
