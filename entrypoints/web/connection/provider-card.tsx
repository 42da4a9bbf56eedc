import { Button, Group, Paper, Title } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useId, useRef } from 'react';
import type { Connection, Consultant } from '../api/types';
import { useWords } from '../words/use-words';
import { canDisconnect, shouldConnect } from './attention';
import { ConnectionHistory } from './connection-history';
import { ConnectionState } from './connection-state';
import classes from './connections.module.css';
import { Disconnect } from './disconnect';
import { Facts } from './facts';
import { Permissions } from './permissions';
import { StatusMark } from './status-mark';
import { useDeparture } from './use-departure';

/** The viewer's connection to one provider, and its actions. */
export function ProviderCard({ consultant, connection }: { consultant: Consultant; connection: Connection }) {
  const id = useId();
  const title = useRef<HTMLHeadingElement>(null);
  return (
    <Paper
      component="article"
      withBorder
      radius="lg"
      className={classes.card}
      aria-labelledby={id}
      data-testid="provider"
    >
      <div className={classes.cardHead}>
        <Group gap="sm">
          <Title order={3} size="h4" id={id} ref={title} tabIndex={-1}>
            {connection.label}
          </Title>
          <StatusMark connection={connection} />
        </Group>
        <Group gap={6}>
          <ConnectionHistory consultant={consultant} />
          {canDisconnect(connection) && (
            <Disconnect consultant={consultant} connection={connection} onDone={() => title.current?.focus()} />
          )}
          {shouldConnect(connection) && <Connect connection={connection} />}
        </Group>
      </div>
      <ConnectionState consultant={consultant} connection={connection} />
      <Facts consultant={consultant} connection={connection} />
      <Permissions connection={connection} />
    </Paper>
  );
}

export function Connect({ connection }: { connection: Connection }) {
  const { t } = useWords();
  const depart = useDeparture();
  const words = { label: connection.label };
  return (
    <Button
      size="xs"
      leftSection={<IconPlugConnected size={15} />}
      onClick={() => void depart(connection.provider)}
      data-testid="connect"
    >
      {connection.account ? t('connections.reconnect', words) : t('connections.connect', words)}
    </Button>
  );
}
