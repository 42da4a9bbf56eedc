import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowBackUp, IconCalendarX, IconDotsVertical, IconEye, IconPencil, IconTrash } from '@tabler/icons-react';
import type { Session } from '../api/types';
import type { Closing } from '../booking/close-session';
import { useWords } from '../words/use-words';

interface Offered {
  session: Session;
  onOpen: () => void;
  onClosing: (closing: Closing) => void;
  onRestore: () => void;
}

export function RowMenu({ session, onOpen, onClosing, onRestore }: Offered) {
  const { t } = useWords();
  const planned = session.status === 'planned';
  const title = session.title || t('form.untitled');
  return (
    <Menu position="bottom-end" withArrow>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={30} aria-label={t('sessions.more', { title })}>
          <IconDotsVertical size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={planned ? <IconPencil size={16} /> : <IconEye size={16} />} onClick={onOpen}>
          {t(planned ? 'sessions.edit' : 'sessions.look')}
        </Menu.Item>
        {!planned && (
          <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={onRestore}>
            {t('restoring.restore')}
          </Menu.Item>
        )}
        {planned && (
          <Menu.Item leftSection={<IconCalendarX size={16} />} onClick={() => onClosing('cancel')}>
            {t('closing.cancel.title')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item className="danger" leftSection={<IconTrash size={16} />} onClick={() => onClosing('delete')}>
          {t('closing.delete.title')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
