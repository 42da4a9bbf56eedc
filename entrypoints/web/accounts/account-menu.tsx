import { Avatar, Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDeviceDesktop, IconLogout, IconMoon, IconSettings, IconSun, IconUsersGroup } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { Link } from 'wouter';
import { lazily } from '../shell/lazily';
import { Mishap } from '../shell/mishap';
import classes from '../shell/shell.module.css';
import { useWords } from '../words/use-words';
import { SignOut } from './sign-out';
import { isAdmin, useMe } from './signed-in';

const SCHEMES = [
  { scheme: 'auto', Icon: IconDeviceDesktop },
  { scheme: 'light', Icon: IconSun },
  { scheme: 'dark', Icon: IconMoon },
] as const;

const AccountDialog = lazily(() => import('./account-dialog'));

export function AccountMenu() {
  const me = useMe();
  const { t } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [opened, dialog] = useDisclosure();
  const initials = me.name
    .split(' ')
    .map((word) => word[0])
    .slice(0, 2)
    .join('');
  const [leaves, setLeaves] = useState(false);
  return (
    <div className={classes.account}>
      <Menu position="right-end" width={240} withArrow>
        <Menu.Target>
          <UnstyledButton aria-label={t('account.menu', { initials, name: me.name })}>
            <Avatar color="pine" size={34}>
              {initials}
            </Avatar>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {me.name} · {me.practice.name}
          </Menu.Label>
          <Menu.Item leftSection={<IconSettings size={16} />} onClick={dialog.open}>
            {t('account.settings')}
          </Menu.Item>
          {isAdmin(me) && (
            <Menu.Item component={Link} href="/practice" leftSection={<IconUsersGroup size={16} />}>
              {t('practice.menu')}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Label>{t('account.appearance')}</Menu.Label>
          {SCHEMES.map(({ scheme, Icon }) => (
            <Menu.Item
              key={scheme}
              leftSection={<Icon size={16} />}
              onClick={() => setColorScheme(scheme)}
              aria-current={colorScheme === scheme}
              fw={colorScheme === scheme ? 600 : undefined}
            >
              {t(`account.scheme.${scheme}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => setLeaves(true)}>
            {t('account.sign_out')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {opened && (
        <Mishap>
          <Suspense>
            <AccountDialog onClose={dialog.close} />
          </Suspense>
        </Mishap>
      )}
      {leaves && <SignOut onStay={() => setLeaves(false)} />}
    </div>
  );
}
