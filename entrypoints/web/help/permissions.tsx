import { Code } from '@mantine/core';
import type { Help } from '../api/types';
import { useUsesText } from '../connection/use-uses-text';
import { useWords } from '../words/use-words';
import { Facts, Paragraph, Section } from './section';

export function Permissions({ facts }: { facts: Help }) {
  const { t } = useWords();
  const usesText = useUsesText();
  const words = { label: facts.label };
  return (
    <Section name="permissions">
      <Paragraph>{t('help.permissions.intro', words)}</Paragraph>
      <Facts
        caption={t('help.sections.permissions')}
        heads={[t('help.permissions.name'), t('help.permissions.use')]}
        rows={facts.permissions.map((one) => ({
          name: one.name,
          cells: [<Code key={one.name}>{one.name}</Code>, usesText(one, facts.label)],
        }))}
      />
      <Paragraph>{t('help.permissions.after', words)}</Paragraph>
    </Section>
  );
}
