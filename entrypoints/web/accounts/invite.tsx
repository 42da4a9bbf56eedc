/** A practice grows by its admins: a colleague is invited by a link of their own, and chooses their own password. */
import { Button, type ButtonProps, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserPlus } from '@tabler/icons-react';
import { Suspense } from 'react';
import { lazily } from '../shell/lazily';
import { useWords } from '../words/use-words';

const Inviting = lazily(() => import('./inviting'));

export function Invite(looks: Pick<ButtonProps, 'size' | 'variant'>) {
  const { t } = useWords();
  const [opened, dialog] = useDisclosure();
  return (
    <>
      <Button size="sm" leftSection={<IconUserPlus size={16} />} onClick={dialog.open} {...looks}>
        {t('practice.invite.open')}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t('practice.invite.open')}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        <Suspense fallback={null}>
          <Inviting onClose={dialog.close} />
        </Suspense>
      </Modal>
    </>
  );
}
