/** The session form at the edge of the page, over the calendar or the list that it was opened from. */
import { Drawer, Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState } from 'react';
import { Loading } from '../shell/loading';
import { Trouble } from '../shell/trouble';
import { useMe } from '../signing-in/signed-in';
import { useWords } from '../words/use-words';
import { History } from './history';
import { type Opened, useOpenedSession } from './open-session';
import { openingQuery } from './opening';

// The calendar is there before anybody opens a form.
const SessionForm = lazy(() => import('./session-form'));

export function SessionDrawer() {
  const { t } = useWords();
  const { opened, close } = useOpenedSession();
  const narrow = useMediaQuery('(max-width: 48em)');
  const leave = useRef<() => void>(() => {});
  const last = useRef<Opened | null>(null); // still shown while the drawer slides away
  if (opened) last.current = opened;
  const shown = opened ?? last.current;
  return (
    <Drawer
      opened={opened !== null}
      onClose={() => {
        leave.current();
        close();
      }}
      position="right"
      size={narrow ? '100%' : 520}
      styles={{ title: { fontWeight: 650, fontSize: '1.05rem' } }}
      title={shown?.session ? t('form.edit_title') : t('form.new_title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
      overlayProps={{ backgroundOpacity: 0.25 }}
      zIndex={300}
    >
      {shown && <Content key={`${shown.session} ${shown.draft}`} opened={shown} onClose={close} leave={leave} />}
    </Drawer>
  );
}

interface Contained {
  opened: Opened;
  onClose: () => void;
  leave: React.RefObject<() => void>;
}

function Content({ opened, onClose, leave }: Contained) {
  const me = useMe();
  const { t } = useWords();
  const [tab, setTab] = useState<string | null>('form');
  const { data: opening, error } = useQuery(openingQuery(opened, me));
  if (error) return <Trouble error={error} />;
  if (!opening) return <Loading />;
  const form = (
    <Suspense fallback={<Loading />}>
      <SessionForm opening={opening} connected={opened.connected} onClose={onClose} leave={leave} />
    </Suspense>
  );
  if (!opening.stored) return form;
  return (
    <Tabs value={tab} onChange={setTab} keepMounted>
      <Tabs.List mb="md">
        <Tabs.Tab value="form">{t('form.tab')}</Tabs.Tab>
        <Tabs.Tab value="history">{t('history.tab')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="form">{form}</Tabs.Panel>
      <Tabs.Panel value="history">{tab === 'history' && <History id={opening.stored.session.id} />}</Tabs.Panel>
    </Tabs>
  );
}
