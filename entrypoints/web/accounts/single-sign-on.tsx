/** How the people of the practice sign in with accounts that the practice already has. */
import { ActionIcon, Alert, Button, CopyButton, Group, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client';
import { peopleQuery, practiceChanged, singleSignOnQuery } from '../api/queries';
import type { SingleSignOn as Shown } from '../api/types';
import { Section } from '../connection/section';
import { announce } from '../shell/announcer';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import classes from './practice.module.css';
import { SingleSignOnForm } from './single-sign-on-form';

type Doing = 'set' | 'remove' | null;

export function SingleSignOn() {
  const { t } = useWords();
  const { data, error } = useQuery(singleSignOnQuery);
  const [doing, setDoing] = useState<Doing>(null);
  const close = () => setDoing(null);
  return (
    <Section title={t('practice.sign_on.title')} text={t('practice.sign_on.text')}>
      {error && <Trouble error={error} />}
      {!data && !error && <Skeleton height={58} radius="md" role="status" aria-label={t('shell.loading')} />}
      {data && (data.provider ? <Present shown={data} onDo={setDoing} /> : <Absent onDo={setDoing} />)}
      <Modal
        opened={doing !== null}
        onClose={close}
        size="lg"
        title={t(doing === 'remove' ? 'practice.sign_on.removing' : 'practice.sign_on.title')}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        {doing === 'set' && data && <SingleSignOnForm shown={data} onClose={close} />}
        {doing === 'remove' && <Removing onClose={close} />}
      </Modal>
    </Section>
  );
}

function Absent({ onDo }: { onDo: (doing: Doing) => void }) {
  const { t } = useWords();
  return (
    <Stack gap="xs">
      <Text size="sm">{t('practice.sign_on.none')}</Text>
      <Button variant="default" size="sm" w="fit-content" onClick={() => onDo('set')}>
        {t('practice.sign_on.set_up')}
      </Button>
    </Stack>
  );
}

function Present({ shown, onDo }: { shown: Shown; onDo: (doing: Doing) => void }) {
  const { t } = useWords();
  const { data: people = [] } = useQuery(peopleQuery);
  const provider = shown.provider;
  if (!provider) return null;
  const { issuer, domains, required, break_glass: chosen } = provider;
  const names = people.filter((one) => chosen.includes(one.id)).map((one) => one.name);
  return (
    <Stack gap="sm" className={classes.signOn}>
      {!provider.secret_readable && <Alert color="orange" title={t('practice.sign_on.secret_lost')} />}
      <div>
        <Text fw={600} className={classes.address}>
          {t(required ? 'practice.sign_on.state_required' : 'practice.sign_on.state', { issuer })}
        </Text>
        <Text size="sm" c="dimmed">
          {t('practice.sign_on.domains_are', { domains: domains.join(', ') })}
        </Text>
        {required && (
          <Text size="sm" c="dimmed">
            {t('practice.sign_on.break_glass_are', { names: names.join(', ') })}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {t('practice.sign_on.linked', { count: shown.linked.length })}
        </Text>
      </div>
      <Address label={t('practice.sign_on.sign_in_address')} address={shown.sign_in_address} />
      <Group gap="xs">
        <Button variant="default" size="sm" onClick={() => onDo('set')}>
          {t('practice.sign_on.change')}
        </Button>
        <Button variant="subtle" color="red" size="sm" onClick={() => onDo('remove')}>
          {t('practice.sign_on.remove')}
        </Button>
      </Group>
    </Stack>
  );
}

export function Address({ label, address }: { label: string; address: string }) {
  const { t } = useWords();
  return (
    <TextInput
      readOnly
      label={label}
      value={address}
      onFocus={(event) => event.currentTarget.select()}
      rightSection={
        <CopyButton value={address}>
          {({ copied, copy }) => (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`${t(copied ? 'practice.sign_on.copied' : 'practice.sign_on.copy')}: ${label}`}
              onClick={() => {
                copy();
                announce(t('practice.sign_on.copied'));
              }}
            >
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            </ActionIcon>
          )}
        </CopyButton>
      }
    />
  );
}

function Removing({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const remove = useMutation({
    mutationFn: () => api.DELETE('/api/practice/single-sign-on'),
    onSuccess: () => {
      practiceChanged();
      tell(t('practice.sign_on.removed'));
      onClose();
    },
  });
  return (
    <Stack>
      {remove.error && <Trouble error={remove.error} />}
      <Text size="sm">{t('practice.sign_on.removing_text')}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('practice.sign_on.cancel')}
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('practice.sign_on.removing')}
        </Button>
      </Group>
    </Stack>
  );
}
