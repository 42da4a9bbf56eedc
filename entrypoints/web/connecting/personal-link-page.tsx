/** The link that an admin sent. Opening it uses nothing up, since mail programs open links too. */
import { Button, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from 'wouter';
import { api, bodyOf } from '../api/client';
import { providersQuery } from '../api/queries';
import { Outside } from '../shell/outside';
import { Trouble } from '../shell/trouble';
import { SignedIn, useMe } from '../signing-in/signed-in';
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

function Invited({ token }: { token: string }) {
  const me = useMe();
  const { t } = useWords();
  const { data: providers = [] } = useQuery(providersQuery);
  const only = providers.length === 1 ? providers[0] : undefined; // the link does not say to which it leads
  const redeem = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/connections/links/{token}', { params: { path: { token } } })),
    onSuccess: (departure) => window.location.assign(departure.authorize_address),
  });
  return (
    <Outside title={t('connecting.connect_account')}>
      {redeem.error ? (
        <Trouble error={redeem.error} />
      ) : (
        <Text>{t('connecting.invited_offer', { name: me.name })}</Text>
      )}
      <Button loading={redeem.isPending || redeem.isSuccess} onClick={() => redeem.mutate()}>
        {only ? t('connecting.go_on_to', { label: only.label }) : t('connecting.go_on')}
      </Button>
    </Outside>
  );
}
