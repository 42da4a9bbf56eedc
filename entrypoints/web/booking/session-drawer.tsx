/** The session form at the edge of the page, over the calendar or the list that it was opened from. */
import { Button, Drawer, Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect, useRef, useState } from 'react';
import { useMe } from '../accounts/signed-in';
import { consultantsQuery } from '../api/queries';
import { lazily } from '../shell/lazily';
import { Loading } from '../shell/loading';
import { Mishap } from '../shell/mishap';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import { History } from './history';
import { type Opened, useOpenedSession } from './open-session';
import { type Opening, openingQuery } from './opening';
import { forgetDraft, useDrafts } from './use-drafts';

// Loaded after the calendar, which does not need the form.
const SessionForm = lazily(() => import('./session-form'));
const NobodyHolds = lazily(() => import('../accounts/nobody-holds'));

export default function SessionDrawer() {
  const { t } = useWords();
  const { opened, close } = useOpenedSession();
  const narrow = useMediaQuery('(max-width: 48em)');
  const leave = useRef(async () => true);
  const last = useRef<Opened | null>(null); // still shown while the drawer slides away
  if (opened) last.current = opened;
  const shown = opened ?? last.current;
  const [edits, setEdits] = useState(false); // known once the draft is read
  return (
    <Drawer
      opened={opened !== null}
      onClose={() => void leave.current().then((may) => may && close())}
      position="right"
      size={narrow ? '100%' : 520}
      styles={{ title: { fontWeight: 650, fontSize: '1.05rem' } }}
      title={shown?.session || edits ? t('form.edit_title') : t('form.new_title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
      overlayProps={{ backgroundOpacity: 0.25 }}
      zIndex={300}
    >
      {shown && (
        <Content
          key={`${shown.session} ${shown.draft}`}
          opened={shown}
          onClose={close}
          onRead={(opening) => setEdits(opening.stored !== null)}
          leave={leave}
        />
      )}
    </Drawer>
  );
}

interface Contained {
  opened: Opened;
  onClose: (then?: Record<string, string>) => void;
  onRead: (opening: Opening) => void;
  leave: React.RefObject<() => Promise<boolean>>;
}

function Content({ opened, onClose, onRead, leave }: Contained) {
  const me = useMe();
  const { t } = useWords();
  const [tab, setTab] = useState<string | null>('form');
  const { data: opening, error } = useQuery(openingQuery(opened, me));
  const { data: consultants = [] } = useQuery(consultantsQuery);
  // biome-ignore lint/correctness/useExhaustiveDependencies: reported once, when it is read
  useEffect(() => {
    if (opening) onRead(opening);
  }, [opening]);
  if (error) return <Vanished error={error} opened={opened} onClose={onClose} />;
  if (!opening) return <Loading />;
  if (!opening.stored && !consultants.length) {
    return (
      <Suspense fallback={<Loading />}>
        <NobodyHolds />
      </Suspense>
    );
  }
  const form = (
    <Mishap>
      <Suspense fallback={<Loading />}>
        <SessionForm opening={opening} connected={opened.connected} onClose={onClose} leave={leave} />
      </Suspense>
    </Mishap>
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

/** The session of an unfinished form may be gone by now; the form would be found again and again. */
function Vanished({ error, opened, onClose }: { error: unknown; opened: Opened; onClose: () => void }) {
  const { t } = useWords();
  const me = useMe();
  const kept = useDrafts().some((draft) => draft.id === opened.draft);
  return (
    <Trouble error={error}>
      {kept && (
        <Button
          size="xs"
          variant="default"
          mt="sm"
          onClick={() => void forgetDraft(me.id, opened.draft).then(() => onClose())}
        >
          {t('form.discard_form')}
        </Button>
      )}
    </Trouble>
  );
}
