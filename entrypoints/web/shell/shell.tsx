/** The frame of every page inside: the rail with the ways to go, and the sheet. */
import { UnstyledButton } from '@mantine/core';
import { IconAddressBook, IconCalendar, IconHelpCircle, IconListDetails, IconPlugConnected } from '@tabler/icons-react';
import { type ReactNode, Suspense, useState } from 'react';
import { Link, useRoute } from 'wouter';
import { AccountMenu } from '../accounts/account-menu';
import { FactorNotice } from '../accounts/factor-notice';
import { FirstStepsShown } from '../accounts/first-steps-shown';
import { NewBrowserNotice } from '../accounts/new-browser-notice';
import { useChanges } from '../api/changes';
import { useOpenedSession } from '../booking/open-session';
import { useOutbox } from '../booking/use-drafts';
import { ConnectionBanner } from '../connection/connection-banner';
import { ConnectionsBadge } from '../connection/connections-badge';
import { useOffline } from '../offline/use-offline';
import { useWords } from '../words/use-words';
import { Brand } from './brand';
import { lazily } from './lazily';
import { Mishap } from './mishap';
import classes from './shell.module.css';
import { TimeNotice } from './time-notice';

// Loaded after the calendar, which does not need the form.
const SessionDrawer = lazily(() => import('../booking/session-drawer'));

export function Shell({ children }: { children: ReactNode }) {
  const { t } = useWords();
  useChanges();
  useOffline();
  useOutbox();
  return (
    <div className={classes.frame}>
      <a className="skip" href="#sheet">
        {t('shell.skip')}
      </a>
      <nav className={classes.rail} aria-label={t('shell.navigation')}>
        <div className={classes.brand}>
          <Brand bare />
        </div>
        <Way to="/" icon={<IconCalendar size={22} stroke={1.6} />} label={t('shell.calendar')} />
        <Way to="/sessions" icon={<IconListDetails size={22} stroke={1.6} />} label={t('shell.sessions')} />
        <Way to="/clients" icon={<IconAddressBook size={22} stroke={1.6} />} label={t('shell.clients')} />
        <Way
          to="/connections"
          icon={<IconPlugConnected size={22} stroke={1.6} />}
          label={t('shell.connections')}
          badge={<ConnectionsBadge />}
        />
        <Way to="/help" icon={<IconHelpCircle size={22} stroke={1.6} />} label={t('shell.help')} />
        <AccountMenu />
      </nav>
      <div className={classes.side}>
        <FirstStepsShown />
        <main id="sheet" className={classes.sheet} tabIndex={-1}>
          <TimeNotice />
          <NewBrowserNotice />
          <FactorNotice />
          <ConnectionBanner />
          {children}
        </main>
      </div>
      <OpenedSession />
    </div>
  );
}

/** Once it was needed it stays, since it slides away. */
function OpenedSession() {
  const { opened } = useOpenedSession();
  const [needed, setNeeded] = useState(false);
  if (opened && !needed) setNeeded(true);
  return (
    <Mishap>
      <Suspense>{needed && <SessionDrawer />}</Suspense>
    </Mishap>
  );
}

function Way({ to, icon, label, badge }: { to: string; icon: ReactNode; label: string; badge?: ReactNode }) {
  const [here] = useRoute(to === '/' ? to : `${to}/*?`); // what lies below it too: a client, a provider's help
  return (
    <UnstyledButton component={Link} href={to} className={classes.way} aria-current={here ? 'page' : undefined}>
      {icon}
      <span>{label}</span>
      {badge}
    </UnstyledButton>
  );
}
