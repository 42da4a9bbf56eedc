import { Text } from '@mantine/core';
import type { Consultant } from '../api/types';
import { useWords } from '../words/use-words';
import { ProviderCard } from './provider-card';
import { Section } from './section';

export function MyProviders({ consultant }: { consultant: Consultant }) {
  const { t } = useWords();
  return (
    <Section title={t('connections.mine.title')} text={t('connections.mine.text')}>
      {consultant.connections.map((one) => (
        <ProviderCard key={one.provider} consultant={consultant} connection={one} />
      ))}
      {!consultant.connections.length && <Text c="dimmed">{t('connections.mine.none')}</Text>}
    </Section>
  );
}
