/** The button that connects, for people who come from elsewhere: the provider's directory, a detour, a mail. */
import { Anchor, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'wouter';
import { isConsultant, SignedIn, useMe } from '../accounts/signed-in';
import { helpQuery } from '../api/queries';
import type { Help } from '../api/types';
import { viewersZone } from '../booking/times';
import { useDrafts } from '../booking/use-drafts';
import { Loading } from '../shell/loading';
import { NotFoundPage } from '../shell/not-found-page';
import { Outside } from '../shell/outside';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';
import { useDeparture } from './use-departure';

export default function FromDirectory() {
  const { provider = '' } = useParams();
  return <ConnectPage provider={provider} />;
}

export function ConnectPage({ provider, fromDirectory = false }: { provider: string; fromDirectory?: boolean }) {
  const { data: help, error } = useQuery(helpQuery(provider));
  if (error) return <NotFoundPage />;
  if (!help) return <Loading />;
  return (
    <SignedIn intro={<WhoAreYou help={help} fromDirectory={fromDirectory} />}>
      <Offer help={help} fromDirectory={fromDirectory} />
    </SignedIn>
  );
}

/** For a person who is not signed in, and perhaps does not know Calendra. */
function WhoAreYou({ help, fromDirectory }: { help: Help; fromDirectory: boolean }) {
  const { t } = useWords();
  const words = { label: help.label };
  return (
    <>
      <Text>{t('connecting.signed_out', words)}</Text>
      {fromDirectory && (
        <Text size="sm" c="dimmed">
          {t('connecting.stranger', words)}{' '}
          <Anchor href={help.removal_address} rel="noopener noreferrer">
            {t('connecting.remove_there', words)}
          </Anchor>
        </Text>
      )}
    </>
  );
}

function Offer({ help, fromDirectory }: { help: Help; fromDirectory: boolean }) {
  const me = useMe();
  const { t, locale } = useWords();
  const depart = useDeparture();
  const drafts = useDrafts();
  const words = { label: help.label, name: me.name, email: me.email };
  if (!isConsultant(me)) {
    return (
      <Outside title={t('connecting.nothing_to_connect')}>
        <Text>{t('connecting.no_sessions', words)}</Text>
        <Button component={Link} href="/connections">
          {t('connecting.to_connections')}
        </Button>
      </Outside>
    );
  }
  const draft = drafts[0];
  return (
    <Outside title={t('connecting.connect', words)}>
      {fromDirectory && <Text>{t('connecting.from_directory', words)}</Text>}
      <Text>{t('connecting.offer', words)}</Text>
      {draft && (
        <Text size="sm" c="dimmed">
          {t('connecting.waiting_form', { when: momentText(draft.saved_at, viewersZone(), locale) })}
        </Text>
      )}
      <Group>
        <Button onClick={() => void depart(help.provider, { draftId: draft?.id })}>
          {t('connecting.connect', words)}
        </Button>
        <Button component={Link} variant="default" href="/">
          {t('connecting.not_now')}
        </Button>
      </Group>
    </Outside>
  );
}
