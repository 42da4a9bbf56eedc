import { Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Invite } from '../accounts/invite';
import NobodyHolds from '../accounts/nobody-holds';
import { PendingInvitations } from '../accounts/pending-invitations';
import { isAdmin, useMe } from '../accounts/signed-in';
import { consultantsQuery } from '../api/queries';
import { Trouble } from '../shell/trouble';
import { useTitle } from '../shell/use-title';
import { useWords } from '../words/use-words';
import { Board } from './board';
import classes from './connections.module.css';
import { EndedDialog } from './ended-dialog';
import { Erasure } from './erasure';
import { MyProviders } from './my-providers';

export default function ConnectionsPage() {
  const me = useMe();
  const { t } = useWords();
  useTitle(t('connections.title'));
  const { data: consultants, error } = useQuery(consultantsQuery);
  const own = consultants?.find((one) => one.id === me.id);
  return (
    <div className={classes.page}>
      <header className={classes.heading}>
        <Title order={1} size="h3">
          {t('connections.title')}
        </Title>
        {isAdmin(me) && <Invite />}
      </header>
      <div className={classes.content}>
        {error && <Trouble error={error} />}
        {!consultants && !error && <Waiting />}
        {isAdmin(me) && <PendingInvitations />}
        {own && <MyProviders consultant={own} />}
        {isAdmin(me) && consultants && consultants.length > 0 && <Board consultants={consultants} />}
        {isAdmin(me) && consultants?.length === 0 && <NobodyHolds />}
        {isAdmin(me) && consultants && <Erasure />}
      </div>
      <EndedDialog />
    </div>
  );
}

function Waiting() {
  const { t } = useWords();
  return (
    <div className={classes.waiting} role="status" aria-label={t('shell.loading')}>
      <Skeleton height={22} width={180} />
      {[1, 2, 3].map((one) => (
        <Skeleton key={one} height={58} radius="md" />
      ))}
    </div>
  );
}
