/** One client: contact, sessions, contact notes, history and actions. */
import { Alert, Anchor, Button, Group, Menu, Skeleton, Tabs, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconArchive,
  IconArrowBackUp,
  IconChevronLeft,
  IconDots,
  IconDownload,
  IconEraser,
  IconGitMerge,
  IconPlus,
} from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { isAdmin, useMe } from '../accounts/signed-in';
import { api, bodyOf } from '../api/client';
import { clientHistoryQuery, clientQuery, forgetClients } from '../api/client-queries';
import { download } from '../api/download';
import type { KnownClient } from '../api/types';
import { HistoryLines } from '../booking/history';
import { useOpenedSession } from '../booking/open-session';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { useTitle } from '../shell/use-title';
import { useWords } from '../words/use-words';
import { useClientName } from './client-name';
import { ClientSessions } from './client-sessions';
import classes from './clients.module.css';
import { Contact } from './contact';
import { ContactNotes } from './contact-notes';
import { EraseClient } from './erase-client';
import { MergeClient } from './merge-client';

export default function ClientPage({ params }: { params: { client_id: string } }) {
  const { t } = useWords();
  const nameOf = useClientName();
  const { data: client, error, refetch } = useQuery(clientQuery(params.client_id));
  const [erasing, setErasing] = useState(false); // here, because the receipt outlasts the menu
  useTitle(client ? nameOf(client) : t('clients.title'));
  return (
    <div className={classes.page}>
      <header className={classes.heading}>
        <div>
          <Anchor component={Link} href="/clients" size="sm" className={classes.back}>
            <IconChevronLeft size={15} aria-hidden /> {t('clients.title')}
          </Anchor>
          <Title order={1} size="h3">
            {client ? nameOf(client) : <Skeleton height={26} width={220} />}
          </Title>
        </div>
        {client && !client.erased_at && (
          <Group gap="xs">
            <NewSession client={client} />
            <Deeds client={client} onErase={() => setErasing(true)} />
          </Group>
        )}
      </header>
      <div className={classes.content}>
        {error && <Trouble error={error} onAgain={() => void refetch()} />}
        {client?.erased_at && <Alert color="gray">{t('clients.erased_text')}</Alert>}
        {client?.archived_at && !client.erased_at && <Archived client={client} />}
        {client && (
          <div className={classes.parts}>
            {!client.erased_at && <Contact key={client.id} client={client} />}
            <ClientSessions id={client.id} />
            {!client.erased_at && <Kept id={client.id} />}
          </div>
        )}
      </div>
      {client && erasing && <EraseClient client={client} onClose={() => setErasing(false)} />}
    </div>
  );
}

/** New sessions with an archived client are not possible. */
function NewSession({ client }: { client: KnownClient }) {
  const { t } = useWords();
  const { openNew } = useOpenedSession();
  if (client.archived_at) return null;
  return (
    <Button size="sm" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => openNew({ client: client.id })}>
      {t('calendar.new')}
    </Button>
  );
}

function Kept({ id }: { id: string }) {
  const { t } = useWords();
  return (
    <section className={classes.card}>
      <Tabs defaultValue="notes" keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="notes">{t('clients.notes.title')}</Tabs.Tab>
          <Tabs.Tab value="history">{t('clients.history')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="notes">
          <ContactNotes id={id} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <ClientHistory id={id} />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}

function ClientHistory({ id }: { id: string }) {
  const { data, error } = useQuery(clientHistoryQuery(id));
  if (error) return <Trouble error={error} />;
  return data ? <HistoryLines lines={data} /> : <Skeleton height={80} />;
}

function useArchiving(client: KnownClient) {
  const { t } = useWords();
  const params = { params: { path: { client_id: client.id } } };
  return useMutation({
    mutationFn: () =>
      bodyOf(
        client.archived_at
          ? api.POST('/api/clients/{client_id}/restore', params)
          : api.POST('/api/clients/{client_id}/archive', params),
      ),
    onSuccess: (changed) => {
      forgetClients();
      tell(t(changed.archived_at ? 'clients.is_archived' : 'clients.is_restored', { name: changed.name }));
    },
  });
}

function Archived({ client }: { client: KnownClient }) {
  const { t } = useWords();
  const restore = useArchiving(client);
  return (
    <Alert color="gray" mb="md">
      <Group justify="space-between">
        {t('clients.archived_text')}
        <Button size="xs" variant="default" loading={restore.isPending} onClick={() => restore.mutate()}>
          {t('clients.restore')}
        </Button>
      </Group>
      {restore.error && <Trouble error={restore.error} />}
    </Alert>
  );
}

function exportOf(id: string): Promise<void> {
  const params = { params: { path: { client_id: id } }, parseAs: 'blob' as const };
  return download(api.GET('/api/clients/{client_id}/export', params), `calendra-client-${id}.json`);
}

function Deeds({ client, onErase }: { client: KnownClient; onErase: () => void }) {
  const { t } = useWords();
  const me = useMe();
  const [merging, merge] = useDisclosure();
  const archive = useArchiving(client);
  const save = useMutation({ mutationFn: () => exportOf(client.id) });
  return (
    <>
      {archive.error && <Trouble error={archive.error} />}
      {save.error && <Trouble error={save.error} onAgain={() => save.mutate()} />}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="sm" leftSection={<IconDots size={16} />}>
            {t('clients.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={client.archived_at ? <IconArrowBackUp size={16} /> : <IconArchive size={16} />}
            onClick={() => archive.mutate()}
          >
            {t(client.archived_at ? 'clients.restore' : 'clients.archive')}
          </Menu.Item>
          {isAdmin(me) && (
            <>
              <Menu.Item leftSection={<IconGitMerge size={16} />} onClick={merge.open}>
                {t('clients.merge.title')}
              </Menu.Item>
              <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => save.mutate()}>
                {t('clients.export')}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item color="red" leftSection={<IconEraser size={16} />} onClick={onErase}>
                {t('clients.erase.title')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {merging && <MergeClient client={client} onClose={merge.close} />}
    </>
  );
}
