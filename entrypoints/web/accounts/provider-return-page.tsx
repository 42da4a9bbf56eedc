/** Back from the practice's identity provider, for any visitor and any parameters. */
import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { api, bodyOf } from '../api/client';
import type { Me } from '../api/types';
import { Loading } from '../shell/loading';
import { Outside } from '../shell/outside';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import { arrive } from './arrive';
import { rememberPractice } from './known-practice';
import { lastLeaving } from './to-provider';
import { withinHere } from './within-here';

/** Read once, and gone from the address and the history: a code is secret. */
const back = (() => {
  if (!/^\/sign-in\/[^/]+\/callback$/.test(window.location.pathname)) return null;
  const search = new URLSearchParams(window.location.search);
  window.history.replaceState(null, '', window.location.pathname);
  const [state, code, error, iss] = ['state', 'code', 'error', 'iss'].map((name) => search.get(name));
  return { state, code, error, iss };
})();

export default function ProviderReturnPage() {
  const { practice: id = '' } = useParams();
  const { t } = useWords();
  const [, navigate] = useLocation();
  const [leaving] = useState(lastLeaving);
  const next = withinHere(leaving.next, window.location.origin);
  const { data, error } = useQuery({
    queryKey: ['back from provider', id],
    queryFn: () => complete(id, leaving.confirms),
    retry: false,
    meta: { once: true },
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  useEffect(() => {
    if (!data) return;
    if (data.me) {
      rememberPractice({ id, name: data.me.practice.name });
      arrive(data.me);
    } else {
      tell(t('sign_in.confirmed'));
    }
    navigate(next, { replace: true });
  }, [data, id, navigate, next, t]);
  if (!error) {
    return (
      <Outside title={t('sign_in.finishing')}>
        <Loading />
      </Outside>
    );
  }
  return (
    <Outside title={t(leaving.confirms ? 'sign_in.not_confirmed' : 'sign_in.not_signed_in')}>
      <Trouble error={error} />
      <Group>
        {leaving.confirms ? (
          <Button component={Link} href={next}>
            {t('sign_in.back')}
          </Button>
        ) : (
          <>
            <Button component={Link} href={`/sign-in/${id}?${new URLSearchParams({ next, anew: '1' })}`}>
              {t('sign_in.start_again')}
            </Button>
            <Button component={Link} href="/sign-in" variant="default">
              {t('sign_in.with_password')}
            </Button>
          </>
        )}
      </Group>
    </Outside>
  );
}

async function complete(practice: string, confirms: boolean): Promise<{ me: Me | null }> {
  const body = back ?? {};
  if (confirms) {
    await api.POST('/api/login/confirmation/provider/callback', { body });
    return { me: null };
  }
  const params = { path: { organization_id: practice } };
  return { me: await bodyOf(api.POST('/api/sign-in/{organization_id}/callback', { params, body })) };
}
