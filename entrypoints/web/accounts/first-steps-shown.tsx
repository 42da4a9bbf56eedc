/** Whether to show the first steps; once they are done or dismissed, the page requests them no more. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect, useState } from 'react';
import { firstStepsQuery } from '../api/queries';
import { lazily } from '../shell/lazily';
import { useWords } from '../words/use-words';
import { isAdmin, useMe } from './signed-in';

const FirstSteps = lazily(() => import('./first-steps'));

const SHOWN_AGAIN = 'calendra:first-steps';

const keyOf = (id: string) => `calendra.first-steps.${id}`;

export function settle(id: string) {
  try {
    window.localStorage.setItem(keyOf(id), 'settled');
  } catch {
    // Without storage they come again at the next visit.
  }
}

function showAgain(id: string) {
  try {
    window.localStorage.removeItem(keyOf(id));
  } catch {
    // Without storage they are shown until the next load.
  }
  window.dispatchEvent(new Event(SHOWN_AGAIN));
}

function settled(id: string): boolean {
  try {
    return window.localStorage.getItem(keyOf(id)) !== null;
  } catch {
    return false;
  }
}

export function FirstStepsShown() {
  const me = useMe();
  const [gone, setGone] = useState(() => settled(me.id));
  useEffect(() => {
    const show = () => setGone(false);
    window.addEventListener(SHOWN_AGAIN, show);
    return () => window.removeEventListener(SHOWN_AGAIN, show);
  }, []);
  if (gone || !isAdmin(me)) return null;
  return (
    <Suspense>
      <FirstSteps onGone={() => setGone(true)} />
    </Suspense>
  );
}

/** For steps that were dismissed before they were done. Those that are shown already are opened. */
export function ShowFirstSteps() {
  const me = useMe();
  const { t } = useWords();
  const { data: steps = [] } = useQuery(firstStepsQuery);
  if (steps.every((one) => one.done || one.optional)) return null;
  return (
    <Button variant="default" size="xs" onClick={() => showAgain(me.id)}>
      {t('practice.steps.show_again')}
    </Button>
  );
}
