/** The link that an admin sent. Opening it uses nothing up, since mail programs open links too. */
import { Button, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'wouter';
import { SignOut } from '../accounts/sign-out';
import { SignedIn, useMe } from '../accounts/signed-in';
import { api, bodyOf } from '../api/client';
import { Loading } from '../shell/loading';
import { Outside } from '../shell/outside';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';

export default function PersonalLinkPage() {
  const { token = '' } = useParams();
  const { t } = useWords();
  return (
    <SignedIn intro={<Text>{t('connecting.invited')}</Text>}>
      <Invited token={token} />
    </SignedIn>
  );
}

/** Checks at once whom the link is for, before the person consents at the provider. */
function Invited({ token }: { token: string }) {
  const me = useMe();
  const { t } = useWords();
  const params = { path: { token } };
  const { data: offer, error } = useQuery({
    queryKey: ['connect-link', token, me.id],
    queryFn: () => bodyOf(api.GET('/api/connections/links/{token}', { params })),
    retry: false,
  });
  const redeem = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/connections/links/{token}', { params })),
    onSuccess: (departure) => window.location.assign(departure.authorize_address),
  });
  const refusal = redeem.error ?? error;
  return (
    <Outside title={t('connecting.connect_account')}>
      {refusal && <Unserved error={refusal} />}
      {!refusal && !offer && <Loading />}
      {!refusal && offer && (
        <>
          <Text>{t('connecting.invited_offer', { name: me.name })}</Text>
          <Button loading={redeem.isPending || redeem.isSuccess} onClick={() => redeem.mutate()}>
            {t('connecting.go_on_to', { label: offer.label })}
          </Button>
        </>
      )}
    </Outside>
  );
}

function Unserved({ error }: { error: unknown }) {
  const me = useMe();
  const { t } = useWords();
  const [leaving, setLeaving] = useState(false);
  return (
    <>
      <Trouble error={error} />
      <Text>{t('connecting.signed_in_as', { name: me.name })}</Text>
      <Button variant="default" loading={leaving} onClick={() => setLeaving(true)}>
        {t('connecting.somebody_else')}
      </Button>
      {leaving && <SignOut onStay={() => setLeaving(false)} then={window.location.pathname} />}
    </>
  );
}
