import type { Help } from '../api/types';
import { useWords } from '../words/use-words';
import classes from './help.module.css';
import { Paragraph, Part, Section } from './section';

const CONNECTING = [
  'declined',
  'unfinished',
  'approval',
  'expired',
  'used',
  'unknown',
  'signed_out',
  'scopes',
  'taken',
  'other_account',
  'link',
] as const;

const BOOKING = ['not_connected', 'slot', 'changed', 'past', 'silent'] as const;

const MEETINGS = [
  'reconnect',
  'scope_lost',
  'down',
  'daily',
  'misconfigured',
  'refused',
  'began',
  'vanished',
  'stuck',
  'erased',
] as const;

type Trouble = (typeof CONNECTING)[number] | (typeof BOOKING)[number] | (typeof MEETINGS)[number];

export function Troubles({ facts }: { facts: Help }) {
  const { t } = useWords();
  const limited = facts.daily_calls !== null;
  const meetings = MEETINGS.filter((one) => limited || one !== 'daily');
  return (
    <Section name="troubles">
      <Paragraph>{t('help.troubles.intro')}</Paragraph>
      <Part name="troubles-connecting" title={t('help.troubles.connecting', { label: facts.label })}>
        <Known facts={facts} troubles={CONNECTING} />
      </Part>
      <Part name="troubles-booking" title={t('help.troubles.booking')}>
        <Known facts={facts} troubles={BOOKING} />
      </Part>
      <Part name="troubles-meetings" title={t('help.troubles.meetings', { label: facts.label })}>
        <Known facts={facts} troubles={meetings} />
      </Part>
    </Section>
  );
}

/** Symptoms, their meaning, and the next step. */
function Known({ facts, troubles }: { facts: Help; troubles: readonly Trouble[] }) {
  const { t } = useWords();
  const words = {
    label: facts.label,
    minutes: facts.authorization_request_minutes,
    days: facts.link_days,
    draft: facts.draft_days,
    calls: facts.daily_calls ?? 0,
  };
  return (
    <dl className={classes.troubles}>
      {troubles.map((one) => (
        <div key={one} id={`trouble-${one}`}>
          <dt>{t(`help.troubles.${one}.see`, words)}</dt>
          <dd className={classes.means}>{t(`help.troubles.${one}.means`, words)}</dd>
          <dd className={classes.remedy}>{t(`help.troubles.${one}.do`, words)}</dd>
        </div>
      ))}
    </dl>
  );
}
