import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconDotsVertical,
  IconEraser,
  IconKey,
  IconKeyOff,
  IconShieldOff,
  IconUnlink,
  IconUserOff,
  IconUserShare,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { Person } from '../api/types';
import { useWords } from '../words/use-words';
import classes from './practice.module.css';
import { useMe } from './signed-in';

export type Deed = 'roles' | 'reset' | 'factor' | 'end' | 'reassign' | 'erase';

interface Offered {
  person: Person;
  onDo: (deed: Deed) => void;
  onRevoke: () => void;
  /** Given if the person is linked to an identity. */
  onUnlink?: () => void;
}

/** What an admin can do for a person. */
export function PersonMenu({ person, onDo, onRevoke, onUnlink }: Offered) {
  const me = useMe();
  const { t } = useWords();
  const ended = Boolean(person.ended_at);
  return (
    <Menu position="bottom-end" withArrow>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={30}
          className={classes.menu}
          aria-label={t('practice.people.more', { name: person.name })}
        >
          <IconDotsVertical size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {ended && person.coming > 0 && (
          <Menu.Item leftSection={<IconUserShare size={16} />} onClick={() => onDo('reassign')}>
            {t('practice.people.reassign')}
          </Menu.Item>
        )}
        {ended && (
          <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={() => onDo('reset')}>
            {t('practice.people.restore')}
          </Menu.Item>
        )}
        {!ended && (
          <Menu.Item leftSection={<IconUsersGroup size={16} />} onClick={() => onDo('roles')}>
            {t('practice.people.change')}
          </Menu.Item>
        )}
        {!ended && person.id !== me.id && (
          <Menu.Item leftSection={<IconKey size={16} />} onClick={() => onDo('reset')}>
            {t('practice.people.reset')}
          </Menu.Item>
        )}
        {person.reset_link_until && (
          <Menu.Item leftSection={<IconKeyOff size={16} />} onClick={onRevoke}>
            {t('practice.people.revoke')}
          </Menu.Item>
        )}
        {person.second_factors.length > 0 && person.id !== me.id && (
          <Menu.Item leftSection={<IconShieldOff size={16} />} onClick={() => onDo('factor')}>
            {t('practice.people.reset_factor')}
          </Menu.Item>
        )}
        {onUnlink && (
          <Menu.Item leftSection={<IconUnlink size={16} />} onClick={onUnlink}>
            {t('practice.sign_on.unlink')}
          </Menu.Item>
        )}
        {ended && (
          <>
            <Menu.Divider />
            <Menu.Item className="danger" leftSection={<IconEraser size={16} />} onClick={() => onDo('erase')}>
              {t('practice.people.erase')}
            </Menu.Item>
          </>
        )}
        {!ended && (
          <>
            <Menu.Divider />
            <Menu.Item className="danger" leftSection={<IconUserOff size={16} />} onClick={() => onDo('end')}>
              {t('practice.people.end')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
