/** Makes this browser ready for a time without a network, once the page has nothing better to do. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useMe } from '../accounts/signed-in';
import { comingWeekQuery } from '../api/queries';
import { DAYS, forgetWeek, keepWeek, keptWeek } from './kept-week';

const LATER = 8_000; // milliseconds after the page was opened

export function useOffline() {
  const me = useMe();
  const [ready, setReady] = useState(false);
  useEffect(() => {
    if (keptWeek()?.account !== me.id) forgetWeek();
    const timer = setTimeout(() => {
      setReady(true);
      void prepare().catch(() => {}); // a browser that takes no service worker works, only not offline
    }, LATER);
    return () => clearTimeout(timer);
  }, [me.id]);
  const { data } = useQuery({ ...comingWeekQuery(DAYS), enabled: ready });
  useEffect(() => {
    if (data) keepWeek(me, data);
  }, [data, me]);
}

async function prepare() {
  // Forms open at once, also in an outage and after the next release has replaced their files.
  await Promise.all([import('../booking/session-drawer'), import('../booking/session-form')]);
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register('/service-worker.js');
  const { active } = await navigator.serviceWorker.ready;
  const files = performance.getEntriesByType('resource').map((entry) => entry.name);
  active?.postMessage({ files: files.filter((name) => name.includes('/assets/')) });
}
