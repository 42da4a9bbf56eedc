/** Invitations: who was invited by whom, until when, and their state. */
import { Badge, Button, Group, Modal, Skeleton, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client';
import { invitationsQuery, practiceChanged } from '../api/queries';
import type { Invitation, MadeInvitation } from '../api/types';
import { viewersZone } from '../booking/times';
import { Section } from '../connection/section';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';
import { Made } from './inviting';
import classes from './practice.module.css';

const COLOURS = { pending: 'blue', accepted: 'teal', revoked: 'gray', expired: 'orange' } as const;

export function Invitations() {
  const { t } = useWords();
  const { data: invitations, error } = useQuery(invitationsQuery);
  const [made, setMade] = useState<MadeInvitation | null>(null);
  return (
    <Section title={t('practice.invitations.title')} text={t('practice.invitations.text')}>
      {error && <Trouble error={error} />}
      {!invitations && !error && <Skeleton height={58} radius="md" role="status" aria-label={t('shell.loading')} />}
      {invitations?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('practice.invitations.none')}
        </Text>
      )}
      <ul className={classes.list}>
        {invitations?.map((one) => (
          <Row key={one.id} invitation={one} onMade={setMade} />
        ))}
      </ul>
      <Modal
        opened={made !== null}
        onClose={() => setMade(null)}
        title={t('practice.invitations.new_link')}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        {made && <Made made={made} onClose={() => setMade(null)} />}
      </Modal>
    </Section>
  );
}

function Row({ invitation, onMade }: { invitation: Invitation; onMade: (made: MadeInvitation) => void }) {
  const { t, locale } = useWords();
  const path = { invitation_id: invitation.id };
  const renew = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/invitations/{invitation_id}/link', { params: { path } })),
    onSuccess: (made) => {
      practiceChanged();
      onMade(made);
    },
  });
  const revoke = useMutation({
    mutationFn: () => api.DELETE('/api/invitations/{invitation_id}', { params: { path } }),
    onSuccess: () => {
      practiceChanged();
      tell(t('practice.invitations.revoked', { name: invitation.name }));
    },
  });
  const { state } = invitation;
  const when = (instant: string) => momentText(instant, viewersZone(), locale);
  const words = {
    by: invitation.made_by ?? '',
    made: when(invitation.made_at),
    until: when(invitation.ends_at),
    accepted: invitation.accepted_at ? when(invitation.accepted_at) : '',
  };
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <Text fw={600}>{invitation.name}</Text>
        <Text size="sm" c="dimmed" className={classes.address}>
          {invitation.email}
        </Text>
        <Text size="sm" c="dimmed">
          {t(`practice.invitations.told.${state}`, words)}
        </Text>
        {(renew.error ?? revoke.error) && <Trouble error={renew.error ?? revoke.error} />}
      </div>
      <Badge variant="light" color={COLOURS[state]} tt="none" className={classes.state} data-state={state}>
        {t(`practice.invitations.state.${state}`)}
      </Badge>
      {(state === 'pending' || state === 'expired') && (
        <Group gap={6}>
          <Button
            size="xs"
            variant="default"
            loading={renew.isPending}
            aria-label={t('practice.invitations.renew_of', { name: invitation.name })}
            onClick={() => renew.mutate()}
          >
            {t('practice.invitations.renew')}
          </Button>
          {state === 'pending' && (
            <Button
              size="xs"
              variant="default"
              loading={revoke.isPending}
              aria-label={t('practice.invitations.revoke_of', { name: invitation.name })}
              onClick={() => revoke.mutate()}
            >
              {t('practice.invitations.revoke')}
            </Button>
          )}
        </Group>
      )}
    </li>
  );
}
