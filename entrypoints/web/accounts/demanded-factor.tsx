/** In a practice that demands a second factor, a person without one sets one up before anything else. */
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { FACTOR_NEEDED } from '../api/account';
import { meQuery, queryClient, secondFactorQuery } from '../api/queries';
import { FirstFrame } from '../shell/first-frame';
import { lazily } from '../shell/lazily';
import { useMe } from './signed-in';

const SetUpFactor = lazily(() => import('./set-up-factor'));

export function DemandedFactor({ children }: { children: ReactNode }) {
  const demanded = useMe().practice.second_factor_from !== null;
  useEffect(() => {
    const refetch = () => {
      for (const { queryKey } of [meQuery, secondFactorQuery]) void queryClient.invalidateQueries({ queryKey });
    };
    window.addEventListener(FACTOR_NEEDED, refetch);
    return () => window.removeEventListener(FACTOR_NEEDED, refetch);
  }, []);
  return demanded ? <Asked>{children}</Asked> : children;
}

function Asked({ children }: { children: ReactNode }) {
  const { data: own } = useQuery(secondFactorQuery);
  // Recovery codes are shown once the factor is there, so the person says when they are ready.
  const [held, setHeld] = useState(false);
  const needed = Boolean(own?.demanded_from && Date.parse(own.demanded_from) <= Date.now());
  if (needed && !held) setHeld(true);
  if (!own) return <FirstFrame />;
  if (!held) return children;
  return (
    <Suspense fallback={<FirstFrame />}>
      <SetUpFactor done={!needed} onGoOn={() => setHeld(false)} />
    </Suspense>
  );
}
