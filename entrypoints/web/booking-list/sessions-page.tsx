/** Upcoming and past sessions, to search, open, join, cancel and delete. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { isAdmin, useMe } from '../accounts/signed-in';
import { consultantsQuery, sessionListQuery } from '../api/queries';
import { isPast } from '../booking/times';
import { Trouble } from '../shell/trouble';
import { useTitle } from '../shell/use-title';
import { useWords } from '../words/use-words';
import { DayList } from './day-list';
import { useFilter } from './filter';
import { FilterBar } from './filter-bar';
import { Heading } from './heading';
import { Waiting } from './interim';
import { More } from './more';
import { Nothing } from './nothing';
import classes from './sessions.module.css';
import { stretchOf } from './stretch';
import { Further, StretchNote } from './stretch-note';
import { useNow } from './use-now';

export default function SessionsPage() {
  const me = useMe();
  const { t } = useWords();
  useTitle(t('sessions.title'));
  const filtering = useFilter();
  const { when, further, find, only, consultant } = filtering.filter;
  const heading = useRef<HTMLHeadingElement>(null);
  const range = stretchOf(when, further, useNow());
  const { data: consultants = [] } = useQuery(consultantsQuery);
  const found = useInfiniteQuery(
    sessionListQuery({
      ...range,
      text: find,
      consultant_id: consultant ?? undefined,
      only: only ?? undefined,
      descending: when === 'past',
    }),
  );
  const all = found.data?.pages.flatMap((page) => page.items) ?? [];
  // A running session overlaps both ranges; it is not over.
  const sessions = when === 'past' ? all.filter((one) => isPast(one.ends_at)) : all;

  return (
    <div className={classes.page}>
      <Heading
        ref={heading}
        when={when}
        consultant={consultant}
        onWhen={(next) => filtering.set({ when: next, further: 0 })}
      />
      <FilterBar filtering={filtering} consultants={isAdmin(me) ? consultants : []} />
      <div className={classes.content} aria-busy={found.isPlaceholderData}>
        <StretchNote
          range={range}
          filtering={filtering}
          shown={sessions.length}
          more={found.hasNextPage}
          known={found.isSuccess}
        />
        {found.isError && !found.isFetchNextPageError && (
          <Trouble error={found.error} onAgain={() => void found.refetch()} />
        )}
        {found.isPending && <Waiting />}
        {found.isSuccess && !sessions.length && <Nothing filtering={filtering} />}
        <DayList
          sessions={sessions}
          consultants={consultants}
          stale={found.isPlaceholderData}
          onGone={() => heading.current?.focus()}
        />
        <More found={found} />
        {found.isSuccess && !found.hasNextPage && sessions.length > 0 && (
          <p className={classes.end}>
            <Further range={range} filtering={filtering} />
          </p>
        )}
      </div>
    </div>
  );
}
