import { useState } from 'react';
import { SIGNED_IN, tellTabs } from '../api/account';
import { meQuery, queryClient } from '../api/queries';
import type { Me, SecondStep } from '../api/types';
import { PasswordStep } from './password-step';
import { CodeStep } from './second-step';

/** `email` is given when the same person has to sign in again. */
export function SignInForm({ email: known = '', onDone }: { email?: string; onDone?: () => void }) {
  const [step, setStep] = useState<SecondStep | null>(null);
  const enter = (me: Me) => {
    queryClient.setQueryData(meQuery.queryKey, me);
    void queryClient.invalidateQueries();
    window.dispatchEvent(new Event(SIGNED_IN));
    tellTabs(me.id);
    onDone?.();
  };
  if (step) return <CodeStep step={step} onEntered={enter} onBack={() => setStep(null)} />;
  return <PasswordStep email={known} onEntered={enter} onSecondStep={setStep} />;
}
