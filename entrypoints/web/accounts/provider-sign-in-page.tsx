/** The sign-in link of a practice: it leads to the practice's identity provider. */
import { Anchor, Button, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useParams } from 'wouter';
import { api, bodyOf } from '../api/client';
import { Loading } from '../shell/loading';
import { Outside } from '../shell/outside';
import { Trouble } from '../shell/trouble';
import { speak } from '../words';
import { useWords } from '../words/use-words';
import { NoLink } from './no-link';
import { hereOrNext, toProvider } from './to-provider';

export default function ProviderSignInPage() {
  const { practice: id = '' } = useParams();
  const { t } = useWords();
  const params = { path: { organization_id: id } };
  const { data: found, error } = useQuery({
    queryKey: ['sign-in', id],
    queryFn: () => bodyOf(api.GET('/api/sign-in/{organization_id}', { params })),
    retry: false,
    refetchOnWindowFocus: false,
  });
  const language = found?.language;
  useEffect(() => {
    if (language) void speak(language).catch(() => {}); // English until then
  }, [language]);
  const anew = new URLSearchParams(window.location.search).has('anew');
  const go = useMutation({ mutationFn: () => toProvider(id, { next: hereOrNext(), confirms: false, anew }) });
  if (error) {
    return (
      <Outside title={t('sign_in.no_link')}>
        <NoLink error={error} />
      </Outside>
    );
  }
  if (!found) return <Loading />;
  return (
    <Outside title={t('sign_in.at_provider', { practice: found.practice })}>
      {go.error && <Trouble error={go.error} />}
      <Text>{t('sign_in.at_provider_text')}</Text>
      <Button loading={go.isPending || go.isSuccess} onClick={() => go.mutate()} data-autofocus>
        {t('sign_in.at_provider_button')}
      </Button>
      <Anchor component={Link} href="/sign-in" size="sm">
        {t('sign_in.with_password')}
      </Anchor>
    </Outside>
  );
}
