/** Adds or removes a role; the dialog names obstacles beforehand. */
import { Alert, Anchor, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import type { Person, Role } from '../api/types';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import { RoleChoice } from './role-choice';
import { useRoles } from './use-roles';

export function RolesDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useWords();
  const [roles, setRoles] = useState<Role[]>(person.roles);
  const change = useRoles();
  const holds = person.roles.includes('consultant') && (person.coming > 0 || person.connected_at.length > 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(
      { person, roles },
      {
        onSuccess: (changed) => {
          tell(t('practice.roles.saved', { name: changed.name }));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('practice.roles.title', { name: person.name })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          {change.error && <Trouble error={change.error} />}
          <RoleChoice value={roles} onChange={setRoles} kept={holds ? ['consultant'] : []} />
          {holds && <InTheWay person={person} onClose={onClose} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('practice.cancel')}
            </Button>
            <Button type="submit" loading={change.isPending} disabled={!roles.length}>
              {t('practice.roles.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Why this person goes on holding sessions for now, and the way to change that. */
function InTheWay({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useWords();
  const label = person.connected_at.join(', ');
  return (
    <Alert color="blue" title={t('practice.roles.kept', { name: person.name })}>
      <Stack gap={4}>
        {person.coming > 0 && (
          <Text size="sm">
            {t('practice.roles.coming', { count: person.coming })}{' '}
            <Anchor component={Link} size="sm" href="/sessions" onClick={onClose}>
              {t('practice.roles.to_sessions')}
            </Anchor>
          </Text>
        )}
        {label && (
          <Text size="sm">
            {t('practice.roles.connected', { label })}{' '}
            <Anchor component={Link} size="sm" href="/connections" onClick={onClose}>
              {t('practice.roles.to_connections')}
            </Anchor>
          </Text>
        )}
      </Stack>
    </Alert>
  );
}
