/** The security log of the practice: who signed in, who changed what, and what was refused. For admins. */
import { Anchor, Button, Select, Skeleton, Text, Title } from '@mantine/core';
import { IconChevronLeft, IconDownload, IconLock, IconShieldCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'wouter';
import { isAdmin, useMe } from '../accounts/signed-in';
import { api } from '../api/client';
import { download } from '../api/download';
import { peopleQuery, securityLogQuery } from '../api/queries';
import type { SecurityEvent } from '../api/types';
import { viewersZone } from '../booking/times';
import { More } from '../booking-list/more';
import { Empty } from '../shell/empty';
import { Trouble } from '../shell/trouble';
import { useTitle } from '../shell/use-title';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';
import { allTopics, queryOf, type Topic } from './events';
import classes from './security.module.css';
import { useEventText } from './use-event-text';

export default function SecurityLogPage() {
  const me = useMe();
  const { t } = useWords();
  useTitle(t('security.title'));
  const save = useMutation({
    mutationFn: () => download(api.GET('/api/security-log/export', { parseAs: 'blob' }), 'calendra-security-log.csv'),
  });
  return (
    <div className={classes.page}>
      <header className={classes.heading}>
        <div>
          <Anchor component={Link} href="/practice" size="sm" className={classes.back}>
            <IconChevronLeft size={16} aria-hidden />
            {t('practice.title')}
          </Anchor>
          <Title order={1} size="h3">
            {t('security.title')}
          </Title>
        </div>
        {isAdmin(me) && (
          <Button
            variant="default"
            size="sm"
            leftSection={<IconDownload size={16} />}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {t('security.export')}
          </Button>
        )}
      </header>
      {save.error && <Trouble error={save.error} onAgain={() => save.mutate()} />}
      {isAdmin(me) ? (
        <Log />
      ) : (
        <Empty
          icon={<IconLock size={36} stroke={1.4} />}
          title={t('security.admins_only')}
          text={t('security.admins_only_text')}
        />
      )}
    </div>
  );
}

function Log() {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const topic = allTopics.find((one) => one === search.get('topic')) ?? null;
  const person = search.get('person');
  const found = useInfiniteQuery(securityLogQuery({ ...queryOf(topic), ...(person && { person_id: person }) }));
  const people = useQuery(peopleQuery).data ?? [];
  const events = found.data?.pages.flatMap((page) => page.items) ?? [];
  const narrow = (what: Topic | null, who: string | null) =>
    setSearch({ ...(what && { topic: what }), ...(who && { person: who }) }, { replace: true });
  return (
    <div className={classes.content}>
      <div className={classes.bar}>
        <Select
          label={t('security.topic')}
          placeholder={t('security.all_topics')}
          clearable
          clearButtonProps={{ 'aria-label': t('security.all_topics') }}
          value={topic}
          onChange={(value) => narrow(allTopics.find((one) => one === value) ?? null, person)}
          data={allTopics.map((one) => ({ value: one, label: t(`security.topics.${one}`) }))}
        />
        <Select
          label={t('security.person')}
          placeholder={t('security.all_people')}
          clearable
          searchable
          clearButtonProps={{ 'aria-label': t('security.all_people') }}
          nothingFoundMessage={t('security.no_person')}
          value={person}
          onChange={(value) => narrow(topic, value)}
          data={people.map((one) => ({ value: one.id, label: one.name }))}
        />
      </div>
      {found.isError && !found.isFetchNextPageError && (
        <Trouble error={found.error} onAgain={() => void found.refetch()} />
      )}
      {found.isPending && <Skeleton height={44} radius="md" role="status" aria-label={t('shell.loading')} />}
      {found.isSuccess && !events.length && (
        <Empty
          icon={<IconShieldCheck size={36} stroke={1.4} />}
          title={t('security.none')}
          text={t(topic || person ? 'security.none_found_text' : 'security.none_text')}
        />
      )}
      <ol className={classes.rows} aria-busy={found.isPlaceholderData}>
        {events.map((event) => (
          <Row key={`${event.at} ${event.request_id} ${event.event}`} event={event} />
        ))}
      </ol>
      <More found={found} label={t('security.load_more')} />
    </div>
  );
}

function Row({ event }: { event: SecurityEvent }) {
  const { t, locale } = useWords();
  const text = useEventText();
  const count = event.count && event.count > 1 && event.outcome !== 'succeeded' ? event.count : null;
  return (
    <li className={classes.row} data-outcome={event.outcome}>
      <Text size="sm">
        {text(event)}
        {count && ` (${t('security.times', { count })})`}
      </Text>
      <Text size="sm" c="dimmed">
        {momentText(event.at, viewersZone(), locale)}
      </Text>
      {event.network && (
        <Text size="sm" c="dimmed">
          {event.network}
        </Text>
      )}
    </li>
  );
}
