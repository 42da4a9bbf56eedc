import type { Help } from '../api/types';
import { useWords } from '../words/use-words';
import { Paragraph, Part, Section, Steps } from './section';

const WAYS = ['booking', 'directory', 'link', 'approval'] as const;

export function Adding({ facts }: { facts: Help }) {
  const { t } = useWords();
  const words = {
    label: facts.label,
    days: facts.link_days,
    draft: facts.draft_days,
    minutes: facts.authorization_request_minutes,
  };
  return (
    <Section name="adding">
      <Paragraph>{t('help.adding.intro', words)}</Paragraph>
      {WAYS.map((way) => (
        <Part key={way} name={`adding-${way}`} title={t(`help.adding.${way}.title`, words)}>
          <Steps steps={t(`help.adding.${way}.steps`, { ...words, returnObjects: true })} />
          <Paragraph>{t(`help.adding.${way}.after`, words)}</Paragraph>
        </Part>
      ))}
      <Part name="adding-afterwards" title={t('help.adding.afterwards.title', words)}>
        <Paragraph>{t('help.adding.afterwards.text', words)}</Paragraph>
      </Part>
    </Section>
  );
}
