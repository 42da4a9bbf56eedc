/** All people of the practice: their roles, their last sign-in, and what an admin can do for them. */
import { Badge, Group, Skeleton, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client';
import { peopleQuery, practiceChanged, singleSignOnQuery } from '../api/queries';
import type { Person } from '../api/types';
import { viewersZone } from '../booking/times';
import { Section } from '../connection/section';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';
import { EndDialog } from './end-dialog';
import { ErasePersonDialog } from './erase-person-dialog';
import { FactorDialog } from './factor-dialog';
import { Invite } from './invite';
import { type Deed, PersonMenu } from './person-menu';
import classes from './practice.module.css';
import { ReassignDialog } from './reassign-dialog';
import { ResetDialog } from './reset-dialog';
import { RolesDialog } from './roles-dialog';
import { useMe } from './signed-in';

const DIALOGS = {
  roles: RolesDialog,
  reset: ResetDialog,
  factor: FactorDialog,
  end: EndDialog,
  reassign: ReassignDialog,
  erase: ErasePersonDialog,
};

export function People() {
  const { t } = useWords();
  const { data: people, error } = useQuery(peopleQuery);
  const [doing, setDoing] = useState<{ deed: Deed; person: Person } | null>(null);
  const Dialog = doing && DIALOGS[doing.deed];
  return (
    <Section title={t('practice.people.title')} text={t('practice.people.text')} tools={<Invite />}>
      {error && <Trouble error={error} />}
      {!people && !error && <Skeleton height={58} radius="md" role="status" aria-label={t('shell.loading')} />}
      <ul className={classes.list}>
        {people?.map((one) => (
          <Row key={one.id} person={one} onDo={(deed) => setDoing({ deed, person: one })} />
        ))}
      </ul>
      {Dialog && <Dialog person={doing.person} onClose={() => setDoing(null)} />}
    </Section>
  );
}

function Row({ person, onDo }: { person: Person; onDo: (deed: Deed) => void }) {
  const me = useMe();
  const { t } = useWords();
  const { id, name } = person;
  const revoke = useMutation({
    mutationFn: () => api.DELETE('/api/people/{person_id}/reset-link', { params: { path: { person_id: id } } }),
    onSuccess: () => {
      practiceChanged();
      tell(t('practice.reset.revoked', { name }));
    },
  });
  const { data: signOn } = useQuery(singleSignOnQuery);
  const linked = signOn?.linked.some((one) => one.account_id === id);
  const unlink = useMutation({
    mutationFn: () =>
      api.DELETE('/api/practice/single-sign-on/links/{person_id}', { params: { path: { person_id: id } } }),
    onSuccess: () => {
      practiceChanged();
      tell(t('practice.sign_on.unlinked', { name }));
    },
  });
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <Text fw={600}>{id === me.id ? t('practice.people.you', { name }) : name}</Text>
        <Text size="sm" c="dimmed" className={classes.address}>
          {person.email}
        </Text>
        <Facts person={person} />
        {revoke.error && <Trouble error={revoke.error} />}
        {unlink.error && <Trouble error={unlink.error} />}
      </div>
      <Group gap={6}>
        {person.ended_at && (
          <Badge variant="light" color="gray" tt="none" fw={500} className={classes.state}>
            {t('practice.people.ended')}
          </Badge>
        )}
        {linked && (
          <Badge variant="default" tt="none" fw={500}>
            {t('practice.sign_on.is_linked')}
          </Badge>
        )}
        {person.roles.map((role) => (
          <Badge key={role} variant="default" tt="none" fw={500}>
            {t(`practice.roles.${role}`)}
          </Badge>
        ))}
      </Group>
      <PersonMenu
        person={person}
        onDo={onDo}
        onRevoke={() => revoke.mutate()}
        onUnlink={linked ? () => unlink.mutate() : undefined}
      />
    </li>
  );
}

/** Connections, the last sign-in, the end, a pending link, and sessions that nobody holds any more. */
function Facts({ person }: { person: Person }) {
  const { t, locale } = useWords();
  const when = (instant: string) => momentText(instant, viewersZone(), locale);
  const { ended_at: ended, last_login_at: login, reset_link_until: until, coming } = person;
  const facts = [
    ended && t('practice.people.ended_at', { when: when(ended) }),
    login ? t('practice.people.last_login', { when: when(login) }) : t('practice.people.no_login'),
    !ended &&
      person.connected_at.length > 0 &&
      t('practice.people.connected', { label: person.connected_at.join(', ') }),
    person.second_factors.length > 0 &&
      t('practice.people.factors', {
        factors: person.second_factors.map((one) => t(`second_factor.kind.${one}`)).join(', '),
      }),
    until && t('practice.people.link_until', { until: when(until) }),
  ].filter(Boolean);
  return (
    <>
      <Text size="sm" c="dimmed">
        {facts.join(' · ')}
      </Text>
      {ended && coming > 0 && (
        <Text size="sm" className={classes.warn}>
          {t('practice.people.orphaned', { count: coming })}
        </Text>
      )}
    </>
  );
}
