import type { Help } from '../api/types';
import { useWords } from '../words/use-words';
import { Paragraph, Points, Section } from './section';

export function Erasing({ facts }: { facts: Help }) {
  const { t } = useWords();
  const words = { label: facts.label };
  return (
    <Section name="erasing">
      <Paragraph>{t('help.erasing.ask', words)}</Paragraph>
      <Points points={t('help.erasing.points', { ...words, returnObjects: true })} />
    </Section>
  );
}
