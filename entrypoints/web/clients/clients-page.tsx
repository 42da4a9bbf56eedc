/** The practice's clients: search, add, open; archived ones on demand. */
import { Button, Modal, SegmentedControl, Skeleton, Title } from '@mantine/core';
import { IconAddressBook, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { clientListQuery } from '../api/client-queries';
import { FindField } from '../booking-list/find-field';
import { More } from '../booking-list/more';
import { Empty } from '../shell/empty';
import { Trouble } from '../shell/trouble';
import { useTitle } from '../shell/use-title';
import { useWords } from '../words/use-words';
import classes from './clients.module.css';
import { NewClient } from './new-client';

export default function ClientsPage() {
  const { t } = useWords();
  useTitle(t('clients.title'));
  const [search, setSearch] = useSearchParams();
  const [, go] = useLocation();
  const [adding, setAdding] = useState(false);
  const text = search.get('find') ?? '';
  const archived = search.get('archived') === 'true';
  const show = (find: string, old: boolean) =>
    setSearch({ ...(find && { find }), ...(old && { archived: 'true' }) }, { replace: true });
  const found = useInfiniteQuery(clientListQuery(text, archived));
  const clients = found.data?.pages.flatMap((page) => page.items) ?? [];
  const nobody = found.isSuccess && !clients.length;
  return (
    <div className={classes.page}>
      <header className={classes.heading}>
        <Title order={1} size="h3">
          {t('clients.title')}
        </Title>
        <Button size="sm" leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
          {t('clients.new')}
        </Button>
      </header>
      <div className={classes.bar}>
        <FindField value={text} label={t('clients.find')} onChange={(find) => show(find, archived)} />
        <SegmentedControl
          size="xs"
          aria-label={t('clients.which')}
          value={archived ? 'archived' : 'present'}
          onChange={(value) => show(text, value === 'archived')}
          data={[
            { value: 'present', label: t('clients.present') },
            { value: 'archived', label: t('clients.archived') },
          ]}
        />
      </div>
      <div className={classes.content} aria-busy={found.isPlaceholderData}>
        {found.isError && !found.isFetchNextPageError && (
          <Trouble error={found.error} onAgain={() => void found.refetch()} />
        )}
        {found.isPending && <Waiting />}
        {nobody && (
          <Empty
            icon={<IconAddressBook size={36} stroke={1.4} />}
            title={t(text ? 'clients.not_found' : archived ? 'clients.none_archived' : 'clients.none')}
            text={t(text ? 'clients.not_found_text' : archived ? 'clients.none_archived_text' : 'clients.none_text')}
          >
            {!archived && (
              <Button variant="light" onClick={() => setAdding(true)}>
                {t('clients.new')}
              </Button>
            )}
          </Empty>
        )}
        {clients.length > 0 && (
          <ul className={classes.rows} aria-label={t('clients.title')}>
            {clients.map((client) => (
              <li key={client.id}>
                <Link href={`/clients/${client.id}`} className={classes.row} data-testid="client-row">
                  <span className={classes.name}>{client.name}</span>
                  <span className={classes.detail}>{client.email || t('clients.no_email')}</span>
                  <span className={classes.detail}>{client.phone}</span>
                </Link>
              </li>
            ))}
          </ul>
        )}
        <More found={found} label={t('clients.load_more')} />
      </div>
      <Modal
        opened={adding}
        onClose={() => setAdding(false)}
        title={t('form.add_client')}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        <NewClient
          bare
          name={text}
          onAdded={(client) => go(`/clients/${client.id}`)}
          onCancel={() => setAdding(false)}
        />
      </Modal>
    </div>
  );
}

function Waiting() {
  const { t } = useWords();
  return (
    <div className={classes.waiting} role="status" aria-label={t('shell.loading')}>
      {[1, 2, 3, 4, 5].map((one) => (
        <Skeleton key={one} height={44} radius="md" />
      ))}
    </div>
  );
}
