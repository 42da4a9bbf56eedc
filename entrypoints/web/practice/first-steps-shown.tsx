/** Whether the first steps are still to be shown; once they are done or dismissed nobody asks for them any more. */
import { Suspense, useState } from 'react';
import { lazily } from '../shell/lazily';
import { isAdmin, useMe } from '../signing-in/signed-in';

const FirstSteps = lazily(() => import('./first-steps'));

const keyOf = (id: string) => `calendra.first-steps.${id}`;

export function settle(id: string) {
  try {
    window.localStorage.setItem(keyOf(id), 'settled');
  } catch {
    // Without storage they come again at the next visit.
  }
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
  if (gone || !isAdmin(me)) return null;
  return (
    <Suspense>
      <FirstSteps onGone={() => setGone(true)} />
    </Suspense>
  );
}
