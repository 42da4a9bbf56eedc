/** For all visitors, signed in or not: how to add, use and remove a provider, and how the data is treated. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'wouter';
import { Problem } from '../api/problem';
import { helpQuery, providersQuery } from '../api/queries';
import { Empty } from '../shell/empty';
import { Loading } from '../shell/loading';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import { Guide } from './guide';
import { HelpFrame } from './help-frame';
import { ProviderTabs } from './provider-tabs';

export default function HelpPage() {
  const { provider } = useParams();
  const { data: providers, error, refetch } = useQuery(providersQuery);
  const name = provider ?? providers?.[0]?.provider;
  return (
    <HelpFrame>
      {error && <Trouble error={error} onAgain={() => void refetch()} />}
      {!error && !providers && <Loading />}
      {providers && <ProviderTabs providers={providers} here={name} />}
      {providers && (name ? <OfProvider name={name} /> : <NoProvider />)}
    </HelpFrame>
  );
}

function OfProvider({ name }: { name: string }) {
  const { t } = useWords();
  const { data: facts, error, refetch } = useQuery(helpQuery(name));
  if (facts) return <Guide facts={facts} />;
  if (error instanceof Problem && error.status === 404) {
    return (
      <Empty title={t('help.unknown')} text={t('help.unknown_text')}>
        <Button component={Link} href="/help">
          {t('help.to_help')}
        </Button>
      </Empty>
    );
  }
  return error ? <Trouble error={error} onAgain={() => void refetch()} /> : <Loading />;
}

function NoProvider() {
  const { t } = useWords();
  return <Empty title={t('help.no_provider')} text={t('help.no_provider_text')} />;
}
