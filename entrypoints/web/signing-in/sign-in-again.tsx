import { Modal, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { SIGNED_IN, SIGNED_OUT } from '../api/account';
import { meQuery, queryClient } from '../api/queries';
import { useWords } from '../words/use-words';
import { SignInForm } from './sign-in-form';
import { useMe } from './signed-in';

/** When a sign-in ends while somebody works: what they typed stays where it is behind this. */
export function SignInAgain() {
  const me = useMe();
  const { t } = useWords();
  const [needed, setNeeded] = useState(false);
  useEffect(() => {
    const ask = () => setNeeded(true);
    const again = () => setNeeded(false); // here or in another tab
    window.addEventListener(SIGNED_OUT, ask);
    window.addEventListener(SIGNED_IN, again);
    return () => {
      window.removeEventListener(SIGNED_OUT, ask);
      window.removeEventListener(SIGNED_IN, again);
    };
  }, []);
  // Somebody else's pages must not be seen by the one who signed in now.
  const done = () => {
    if (queryClient.getQueryData(meQuery.queryKey)?.id !== me.id) window.location.reload();
  };
  return (
    <Modal
      opened={needed}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      title={t('sign_in.again')}
      zIndex={400}
      centered
    >
      <Text mb="md">{t('sign_in.again_text')}</Text>
      <SignInForm email={me.email} onDone={done} />
    </Modal>
  );
}
