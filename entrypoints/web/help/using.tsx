import type { Help } from '../api/types';
import { MeetingMark } from '../meeting/meeting-mark';
import { useWords } from '../words/use-words';
import { Facts, Paragraph, Part, Points, Section, Steps } from './section';

const CHANGES = ['time', 'naming', 'clients', 'consultant', 'provider', 'offline', 'cancel', 'delete'] as const;
const STATUSES = ['wanted', 'ready', 'waiting', 'failed', 'none'] as const;

export function Using({ facts }: { facts: Help }) {
  const { t } = useWords();
  const words = {
    label: facts.label,
    calls: facts.daily_calls ?? 0,
    longest: facts.longest_title,
    draft: facts.draft_days,
  };
  return (
    <Section name="using">
      <Part name="using-book" title={t('help.using.book.title')}>
        <Steps steps={t('help.using.book.steps', { ...words, returnObjects: true })} />
        <Paragraph>{t('help.using.book.after', words)}</Paragraph>
      </Part>
      <Part name="using-changes" title={t('help.using.changes.title')}>
        <Facts
          caption={t('help.using.changes.title')}
          heads={[t('help.using.changes.what'), t('help.using.changes.link'), t('help.using.changes.meeting', words)]}
          rows={CHANGES.map((change) => ({
            name: change,
            cells: [
              t(`help.using.changes.${change}.what`),
              t(`help.using.changes.${change}.link`),
              t(`help.using.changes.${change}.meeting`, words),
            ],
          }))}
        />
        <Points points={t('help.using.changes.notes', { ...words, returnObjects: true })} />
      </Part>
      <Part name="using-states" title={t('help.using.states.title')}>
        <Facts
          caption={t('help.using.states.title')}
          heads={[t('help.using.states.what'), t('help.using.states.means')]}
          rows={STATUSES.map((status) => ({
            name: status,
            cells: [
              <MeetingMark key={status} status={status} state={t(`meeting.state.${status}`, words)} />,
              t(`help.using.states.${status}`, words),
            ],
          }))}
        />
        {facts.daily_calls !== null && <Paragraph>{t('help.using.states.daily', words)}</Paragraph>}
      </Part>
      <Part name="using-twice" title={t('help.using.twice.title')}>
        <Paragraph>{t('help.using.twice.text', words)}</Paragraph>
      </Part>
      <Part name="using-admins" title={t('help.using.admins.title')}>
        <Paragraph>{t('help.using.admins.text', words)}</Paragraph>
        <Points points={t('help.using.admins.ways', { ...words, returnObjects: true })} />
      </Part>
    </Section>
  );
}
