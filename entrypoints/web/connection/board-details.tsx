/** One consultant at one provider: the failure, the affected sessions, and all actions. */
import { Group, Title } from '@mantine/core';
import { useRef } from 'react';
import { useMe } from '../accounts/signed-in';
import type { Connection, Consultant } from '../api/types';
import { useWords } from '../words/use-words';
import { canDisconnect, shouldConnect } from './attention';
import { ConnectionHistory } from './connection-history';
import { ConnectionState } from './connection-state';
import classes from './connections.module.css';
import { Disconnect } from './disconnect';
import { Facts } from './facts';
import { Permissions } from './permissions';
import { PersonalLink } from './personal-link';
import { Connect } from './provider-card';
import { SessionsAtRisk } from './sessions-at-risk';

export function BoardDetails({ consultant, connection }: { consultant: Consultant; connection: Connection }) {
  const me = useMe();
  const { t } = useWords();
  const title = useRef<HTMLHeadingElement>(null);
  const own = consultant.id === me.id;
  const { provider, label } = connection;
  return (
    <div className={classes.panes}>
      <div className={classes.pane}>
        <Title order={3} size="h5" ref={title} tabIndex={-1}>
          {t('connections.board.connection')}
        </Title>
        <ConnectionState consultant={consultant} connection={connection} />
        <Facts consultant={consultant} connection={connection} brief />
        <Permissions connection={connection} />
        {shouldConnect(connection) &&
          (own ? <Connect connection={connection} /> : <PersonalLink {...{ consultant, provider, label }} />)}
        <Group gap={6}>
          {canDisconnect(connection) && (
            <Disconnect consultant={consultant} connection={connection} onDone={() => title.current?.focus()} />
          )}
          <ConnectionHistory consultant={consultant} />
        </Group>
      </div>
      <SessionsAtRisk consultant={consultant} connection={connection} />
    </div>
  );
}
