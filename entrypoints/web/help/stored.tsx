import type { Help } from '../api/types';
import { useWords } from '../words/use-words';
import { Facts, Paragraph, Part, Points, Section } from './section';

const KEPT = [
  'profile',
  'tokens',
  'meeting',
  'session',
  'clients',
  'history',
  'form',
  'attempt',
  'link',
  'sign_in',
  'browser',
  'tries',
  'notice',
  'receipt',
] as const;

export function Stored({ facts }: { facts: Help }) {
  const { t } = useWords();
  const words = {
    label: facts.label,
    draft: facts.draft_days,
    minutes: facts.authorization_request_minutes,
    link: facts.link_days,
    sign_in: facts.login_days,
    rest: facts.login_idle_days,
    browser: facts.known_browser_days,
    notice: facts.processed_event_days,
    idle: facts.idle_refresh_days,
    longest: facts.longest_title,
  };
  return (
    <Section name="stored">
      <Facts
        caption={t('help.sections.stored')}
        heads={[t('help.stored.what'), t('help.stored.until')]}
        rows={KEPT.map((one) => ({
          name: one,
          cells: [t(`help.stored.${one}.what`, words), t(`help.stored.${one}.until`, words)],
        }))}
      />
      <Paragraph>{t('help.stored.backups')}</Paragraph>
      <Part name="stored-sent" title={t('help.stored.sent.title', words)}>
        <Points points={[t('help.stored.sent.told', words), t('help.stored.sent.never', words)]} />
      </Part>
      <Part name="stored-never" title={t('help.stored.never.title')}>
        <Paragraph>{t('help.stored.never.text', words)}</Paragraph>
      </Part>
      <Part name="stored-alive" title={t('help.stored.alive.title')}>
        <Paragraph>{t('help.stored.alive.text', words)}</Paragraph>
      </Part>
    </Section>
  );
}
