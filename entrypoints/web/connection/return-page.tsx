/** The callback page after the provider's consent page, for any visitor and any parameters. */
import { Anchor, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { SignInForm } from '../accounts/sign-in-form';
import { api, bodyOf } from '../api/client';
import { Problem } from '../api/problem';
import { draftsQuery, helpQuery, queryClient } from '../api/queries';
import { rememberArrival } from '../booking/open-session';
import { Loading } from '../shell/loading';
import { Outside } from '../shell/outside';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import { ConnectPage } from './connect-page';
import { useDeparture } from './use-departure';

interface Back {
  state: string;
  code: string | null;
  error: string | null;
}

/** Read once, and gone from the address and the history: a code is secret. */
const back: Back | null = (() => {
  if (!/^\/oauth\/[^/]+\/callback$/.test(window.location.pathname)) return null;
  const search = new URLSearchParams(window.location.search);
  const state = search.get('state');
  window.history.replaceState(null, '', window.location.pathname);
  return state === null ? null : { state, code: search.get('code'), error: search.get('error') };
})();

export default function ReturnPage() {
  const { provider = '' } = useParams();
  // Without our state a person began at the provider's directory: the code is not ours to use.
  return back ? <Returned provider={provider} back={back} /> : <ConnectPage provider={provider} fromDirectory />;
}

function Returned({ provider, back }: { provider: string; back: Back }) {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const { data, error } = useQuery({
    queryKey: ['return', provider],
    queryFn: () =>
      bodyOf(api.POST('/api/connections/{provider}/callback', { params: { path: { provider } }, body: back })),
    retry: false,
    meta: { once: true }, // a consent is handed over once; only silence is answered by handing it over again
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  useEffect(() => {
    if (!data) return;
    rememberArrival({ label: data.label, account: data.account });
    void queryClient.invalidateQueries(draftsQuery);
    tell(t('connecting.connected', { label: data.label, account: data.account }));
    navigate(data.draft_id ? `/?draft=${data.draft_id}` : '/connections', { replace: true });
  }, [data, navigate, t]);

  if (error instanceof Problem && error.status === 401) return <SignedOutReturn provider={provider} />;
  if (error) return <NotConnected provider={provider} error={error} />;
  return (
    <Outside title={t('connecting.finishing')}>
      <Loading />
    </Outside>
  );
}

/** The sign-in ended on the way. The attempt belonged to it, so it starts afresh; the form is kept. */
function SignedOutReturn({ provider }: { provider: string }) {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const { data: help } = useQuery(helpQuery(provider));
  const label = help?.label ?? '';
  return (
    <Outside title={t('connecting.almost')}>
      <Text>{t('connecting.signed_out', { label })}</Text>
      <Text>{t('connecting.sign_in_and_connect', { label })}</Text>
      <SignInForm onDone={() => navigate(`/connect-provider/${provider}`, { replace: true })} />
    </Outside>
  );
}

function NotConnected({ provider, error }: { provider: string; error: unknown }) {
  const { t } = useWords();
  const depart = useDeparture();
  const { data: help } = useQuery(helpQuery(provider));
  const label = help?.label ?? '';
  const { data: drafts = [] } = useQuery(draftsQuery);
  const waiting = error instanceof Problem ? error.text('draft_id') : '';
  const draftId = drafts.some((draft) => draft.id === waiting) ? waiting : ''; // it may have been saved meanwhile
  return (
    <Outside title={t('connecting.still_not', { label })}>
      <Trouble error={error} />
      {draftId && <Text size="sm">{t('connecting.form_kept')}</Text>}
      <Group>
        <Button onClick={() => void depart(provider, { draftId: draftId || undefined })}>
          {t('connecting.connect', { label })}
        </Button>
        <Button component={Link} variant="default" href={draftId ? `/?draft=${draftId}` : '/'}>
          {draftId ? t('connecting.back_to_form') : t('shell.to_calendar')}
        </Button>
      </Group>
      <Anchor component={Link} size="sm" href={`/help/${provider}`}>
        {t('connecting.trouble_help')}
      </Anchor>
    </Outside>
  );
}
