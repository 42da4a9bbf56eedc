import { Code } from '@mantine/core';
import type { Help } from '../api/types';
import { useWords } from '../words/use-words';
import { Facts, Paragraph, Section } from './section';

export function Permissions({ facts }: { facts: Help }) {
  const { t, server } = useWords();
  const words = { label: facts.label };
  return (
    <Section name="permissions">
      <Paragraph>{t('help.permissions.intro', words)}</Paragraph>
      <Facts
        caption={t('help.sections.permissions')}
        heads={[t('help.permissions.name'), t('help.permissions.use')]}
        rows={facts.permissions.map(({ name, use }) => ({
          name,
          cells: [<Code key={name}>{name}</Code>, server(use)],
        }))}
      />
      <Paragraph>{t('help.permissions.after', words)}</Paragraph>
    </Section>
  );
}
