import { Anchor } from '@mantine/core';
import type { Help } from '../api/types';
import { useWords } from '../words/use-words';
import { Paragraph, Section } from './section';

export function Support({ facts }: { facts: Help }) {
  const { t } = useWords();
  return (
    <Section name="support">
      <Paragraph>{t('help.support.first')}</Paragraph>
      {facts.support_contact ? (
        <Paragraph>
          {t('help.support.contact')} <Contact contact={facts.support_contact} />
        </Paragraph>
      ) : (
        <Paragraph>{t('help.support.nobody')}</Paragraph>
      )}
      {facts.support_hours && <Paragraph>{t('help.support.hours', { hours: facts.support_hours })}</Paragraph>}
      <Paragraph>{t('help.support.tell', { label: facts.label })}</Paragraph>
    </Section>
  );
}

/** An e-mail address, a web page, or another text of the operator. */
function Contact({ contact }: { contact: string }) {
  const web = /^https?:\/\//.test(contact);
  const mail = /^[^\s@]+@[^\s@]+$/.test(contact);
  if (!web && !mail) return contact;
  return (
    <Anchor href={web ? contact : `mailto:${contact}`} inherit underline="always">
      {contact}
    </Anchor>
  );
}
