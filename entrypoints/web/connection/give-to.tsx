import { Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconUserShare } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { busyQuery } from '../api/queries';
import type { Consultant, Session } from '../api/types';
import { connectionOf } from '../booking/status';
import { useWords } from '../words/use-words';
import classes from './connections.module.css';

interface Giving {
  session: Session;
  title: string;
  others: Consultant[];
  busy: boolean;
  onGive: (to: Consultant) => void;
}

/** One colleague: one button. Several: a menu that shows who is free then. */
export function GiveTo({ session, title, others, busy, onGive }: Giving) {
  const { t } = useWords();
  const [opened, menu] = useDisclosure();
  const slot = { start: session.starts_at, until: session.ends_at };
  const { data: taken = [] } = useQuery({ ...busyQuery(slot), enabled: opened });
  const [only] = others;
  if (!only) return null;
  const icon = <IconUserShare size={15} />;
  if (others.length === 1) {
    return (
      <Button
        size="xs"
        variant="default"
        leftSection={icon}
        loading={busy}
        aria-label={t('connections.risk.give_named_label', { title, name: only.name })}
        onClick={() => onGive(only)}
      >
        {t('connections.risk.give_named', { name: only.name })}
      </Button>
    );
  }
  const label = connectionOf(only, session.provider ?? null)?.label ?? '';
  return (
    <Menu opened={opened} onChange={(open) => (open ? menu.open() : menu.close())} position="bottom-end" width={240}>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={icon}
          rightSection={<IconChevronDown size={14} />}
          loading={busy}
          aria-label={t('connections.risk.give_label', { title })}
        >
          {t('connections.risk.give')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {label && <Menu.Label>{t('connections.risk.connected', { label })}</Menu.Label>}
        {others.map((one) => (
          <Menu.Item key={one.id} onClick={() => onGive(one)}>
            {one.name}
            {taken.includes(one.id) && <span className={classes.under}>{t('connections.risk.busy')}</span>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
