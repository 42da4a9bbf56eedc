/** A connection has ended or is missing: who, which sessions, and the way on. In the flow of the page, so that it covers
    nothing; put away for the day, until something else ends. */
import { Button, CloseButton } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useRoute } from 'wouter';
import { useMe } from '../accounts/signed-in';
import { consultantsQuery } from '../api/queries';
import { todayIn, viewersZone } from '../booking/times';
import classes from '../shell/shell.module.css';
import { useWords } from '../words/use-words';
import { type Dead, deadAmong } from './dead';
import { useDeparture } from './use-departure';

const PUT_AWAY = 'calendra.connection-banner';

export function ConnectionBanner() {
  const me = useMe();
  const { t } = useWords();
  const [onBoard] = useRoute('/connections');
  const { data: consultants = [] } = useQuery(consultantsQuery);
  const [, setPutAway] = useState('');
  const dead = deadAmong(consultants);
  const own = dead.find(({ consultant }) => consultant.id === me.id);
  const first = own ?? dead[0];
  const about = [todayIn(viewersZone()), me.id, ...dead.map(nameOf)].join(' ');
  if (!first || onBoard || putAway() === about) return null;
  const away = () => {
    putAway(about);
    setPutAway(about);
  };
  return (
    <section className={classes.banner} aria-label={t('shell.connections')} data-testid="connection-banner">
      <IconPlugConnectedX size={18} aria-hidden />
      <p role="status">{own ? <Own dead={own} /> : <Theirs dead={dead} first={first} />}</p>
      <span className={classes.bannerWays}>
        {own ? <Reconnect dead={own} /> : <ToSessions dead={dead} first={first} />}
        <CloseButton size="sm" aria-label={t('shell.banner.away')} title={t('shell.banner.away')} onClick={away} />
      </span>
    </section>
  );
}

function Own({ dead: { connection } }: { dead: Dead }) {
  const { t } = useWords();
  const { label, upcoming, status } = connection;
  const ended = status === 'needs_reconnecting' ? ('ended' as const) : ('missing' as const);
  return (
    <>
      {t(`shell.banner.${ended}`, { label })} {upcoming > 0 && t('shell.banner.own_sessions', { count: upcoming })}
    </>
  );
}

function Theirs({ dead, first }: { dead: Dead[]; first: Dead }) {
  const { t } = useWords();
  const { label } = first.connection;
  const count = dead.reduce((sum, { connection }) => sum + connection.upcoming, 0);
  const who =
    dead.length === 1
      ? t('shell.banner.theirs', { name: first.consultant.name, label })
      : t('shell.banner.several', { count: dead.length });
  return (
    <>
      {who} {count > 0 && t('shell.banner.sessions', { count })}
    </>
  );
}

function Reconnect({ dead: { connection } }: { dead: Dead }) {
  const { t } = useWords();
  const depart = useDeparture();
  const { label, provider, account } = connection;
  return (
    <Button size="xs" onClick={() => void depart(provider)}>
      {t(account ? 'connections.reconnect' : 'connections.connect', { label })}
    </Button>
  );
}

function ToSessions({ dead, first }: { dead: Dead[]; first: Dead }) {
  const { t } = useWords();
  const whose: Record<string, string> = dead.length === 1 ? { consultant: first.consultant.id } : {};
  return (
    <>
      <Button size="xs" component={Link} href={`/sessions?${new URLSearchParams({ only: 'at_risk', ...whose })}`}>
        {t('shell.banner.show_sessions')}
      </Button>
      <Button size="xs" variant="default" component={Link} href="/connections">
        {t('shell.banner.to_connections')}
      </Button>
    </>
  );
}

function nameOf({ consultant, connection }: Dead): string {
  return `${consultant.id}/${connection.provider}`;
}

/** Of this browser; where it keeps nothing, the banner comes back with the next page. */
function putAway(about?: string): string | null {
  try {
    if (about) localStorage.setItem(PUT_AWAY, about);
    return localStorage.getItem(PUT_AWAY);
  } catch {
    return null;
  }
}
