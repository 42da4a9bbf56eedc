import { Button, Menu } from '@mantine/core';
import { IconDotsVertical } from '@tabler/icons-react';
import { useState } from 'react';
import type { Session } from '../api/types';
import { useWords } from '../words/use-words';
import { CloseSession, type Closing } from './close-session';

/** Cancelling and deleting, one step away from where one saves. */
export function MoreActions({ session, onClosed }: { session: Session; onClosed: () => void }) {
  const { t } = useWords();
  const [closing, setClosing] = useState<Closing | null>(null);
  return (
    <>
      <Menu position="top-end" withArrow zIndex={310}>
        <Menu.Target>
          <Button variant="default" px={8} aria-label={t('form.more')}>
            <IconDotsVertical size={18} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {session.status === 'planned' && (
            <Menu.Item onClick={() => setClosing('cancel')}>{t('closing.cancel.title')}</Menu.Item>
          )}
          <Menu.Item className="danger" onClick={() => setClosing('delete')}>
            {t('closing.delete.title')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <CloseSession session={session} closing={closing} onClose={() => setClosing(null)} onDone={onClosed} />
    </>
  );
}
