import { Modal, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { SIGNED_IN, SIGNED_OUT } from '../api/account';
import { meQuery, queryClient } from '../api/queries';
import { UNVEILED, useVeil } from '../shell/veil';
import { useWords } from '../words/use-words';
import { SignInForm } from './sign-in-form';
import { useMe } from './signed-in';

/** Shown when a login ends while a person works: what was typed stays behind this, hidden. */
export function SignInAgain() {
  const me = useMe();
  const { t } = useWords();
  const [needed, setNeeded] = useState(false);
  useEffect(() => {
    const ask = () => setNeeded(true);
    // Here or in another tab. The person who signed in now must not see another person's pages.
    const again = () => setNeeded(isOther(me.id));
    window.addEventListener(SIGNED_OUT, ask);
    window.addEventListener(SIGNED_IN, again);
    return () => {
      window.removeEventListener(SIGNED_OUT, ask);
      window.removeEventListener(SIGNED_IN, again);
    };
  }, [me.id]);
  useVeil(needed);
  const done = () => {
    if (isOther(me.id)) window.location.reload();
  };
  return (
    <Modal
      opened={needed}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      className={UNVEILED}
      title={t('sign_in.again')}
      zIndex={400}
    >
      <Text mb="md">{t('sign_in.again_text')}</Text>
      <SignInForm email={me.email} onDone={done} />
    </Modal>
  );
}

function isOther(id: string): boolean {
  return queryClient.getQueryData(meQuery.queryKey)?.id !== id;
}
