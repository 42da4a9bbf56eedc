/** On other pages, for admins who look there for an invited person. */
import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { invitationsQuery } from '../api/queries';
import { useWords } from '../words/use-words';

export function PendingInvitations() {
  const { t, locale } = useWords();
  const { data: invitations = [] } = useQuery(invitationsQuery);
  const names = invitations.filter((one) => one.state === 'pending').map((one) => one.name);
  if (!names.length) return null;
  const listed = new Intl.ListFormat(locale).format(names);
  return (
    <Text size="sm" data-testid="pending-invitations">
      {t('practice.invitations.pending', { count: names.length, names: listed })}{' '}
      <Anchor component={Link} href="/practice" inherit>
        {t('practice.invitations.show')}
      </Anchor>
    </Text>
  );
}
