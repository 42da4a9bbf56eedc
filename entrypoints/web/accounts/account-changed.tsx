/** When another account signs in in this browser: this page holds what that account may not see. It
 * shows nothing more of it, and can save nothing. */
import { Button, Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ACCOUNT_CHANGED } from '../api/account';
import { api, bodyOf } from '../api/client';
import { UNVEILED, useVeil } from '../shell/veil';
import { useWords } from '../words/use-words';
import { useMe } from './signed-in';

export function AccountChanged() {
  const me = useMe();
  const { t } = useWords();
  const [changed, setChanged] = useState(false);
  useEffect(() => {
    const stop = () => setChanged(true);
    window.addEventListener(ACCOUNT_CHANGED, stop);
    return () => window.removeEventListener(ACCOUNT_CHANGED, stop);
  }, []);
  useVeil(changed);
  const { data: other } = useQuery({
    queryKey: ['other'],
    queryFn: () => bodyOf(api.GET('/api/me')),
    enabled: changed,
  });
  return (
    <Modal
      opened={changed}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      className={UNVEILED}
      title={t('account_changed.title')}
      zIndex={410}
    >
      <Text mb="md">
        {other && other.id !== me.id
          ? t('account_changed.text_named', { name: me.name, other: other.name })
          : t('account_changed.text', { name: me.name })}
      </Text>
      <Button onClick={() => window.location.assign('/')} data-autofocus>
        {t('account_changed.load')}
      </Button>
    </Modal>
  );
}
