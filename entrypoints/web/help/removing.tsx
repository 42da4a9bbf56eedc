import { Anchor } from '@mantine/core';
import type { Help } from '../api/types';
import { useWords } from '../words/use-words';
import { Paragraph, Part, Points, Section, Steps } from './section';

export function Removing({ facts }: { facts: Help }) {
  const { t } = useWords();
  const words = { label: facts.label };
  return (
    <Section name="removing">
      <Paragraph>{t('help.removing.intro', words)}</Paragraph>
      <Part name="removing-there" title={t('help.removing.there.title', words)}>
        <ol>
          <li>
            {t('help.removing.there.open', words)}{' '}
            <Anchor href={facts.removal_address} rel="noopener noreferrer" inherit underline="always">
              {facts.removal_address}
            </Anchor>
          </li>
          <li>{t('help.removing.there.remove', words)}</li>
        </ol>
        <Paragraph>{t('help.removing.there.after', words)}</Paragraph>
      </Part>
      <Part name="removing-here" title={t('help.removing.here.title', words)}>
        <Steps steps={t('help.removing.here.steps', { ...words, returnObjects: true })} />
        <Paragraph>{t('help.removing.here.after', words)}</Paragraph>
      </Part>
      <Part name="removing-then" title={t('help.removing.then.title')}>
        <Points points={t('help.removing.then.points', { ...words, returnObjects: true })} />
      </Part>
    </Section>
  );
}
