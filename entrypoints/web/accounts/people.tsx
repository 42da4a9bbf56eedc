/** All people of the practice, with their roles. */
import { Badge, Button, Group, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { peopleQuery } from '../api/queries';
import type { Person } from '../api/types';
import { Section } from '../connection/section';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import { Invite } from './invite';
import classes from './practice.module.css';
import { RolesDialog } from './roles-dialog';
import { useMe } from './signed-in';

export function People() {
  const { t } = useWords();
  const { data: people, error } = useQuery(peopleQuery);
  const [changed, setChanged] = useState<Person | null>(null);
  return (
    <Section title={t('practice.people.title')} text={t('practice.people.text')} tools={<Invite />}>
      {error && <Trouble error={error} />}
      {!people && !error && <Skeleton height={58} radius="md" role="status" aria-label={t('shell.loading')} />}
      <ul className={classes.list}>
        {people?.map((one) => (
          <Row key={one.id} person={one} onChange={() => setChanged(one)} />
        ))}
      </ul>
      {changed && <RolesDialog person={changed} onClose={() => setChanged(null)} />}
    </Section>
  );
}

function Row({ person, onChange }: { person: Person; onChange: () => void }) {
  const me = useMe();
  const { t } = useWords();
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <Text fw={600}>{person.id === me.id ? t('practice.people.you', { name: person.name }) : person.name}</Text>
        <Text size="sm" c="dimmed" className={classes.address}>
          {person.email}
        </Text>
      </div>
      <Group gap={6}>
        {person.roles.map((role) => (
          <Badge key={role} variant="default" tt="none" fw={500}>
            {t(`practice.roles.${role}`)}
          </Badge>
        ))}
      </Group>
      <Button
        size="xs"
        variant="default"
        aria-label={t('practice.people.change_of', { name: person.name })}
        onClick={onChange}
      >
        {t('practice.people.change')}
      </Button>
    </li>
  );
}
