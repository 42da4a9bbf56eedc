import { Text, UnstyledButton } from '@mantine/core';
import { useMe } from '../accounts/signed-in';
import { Problem } from '../api/problem';
import type { Consultant, Session } from '../api/types';
import { useOpenedSession } from '../booking/open-session';
import { SlotTaken } from '../booking/slot-taken';
import { useClientName } from '../clients/client-name';
import { useMeetingWords } from '../meeting/meeting';
import { Trouble } from '../shell/trouble';
import { slotText } from '../words/dates';
import { useWords } from '../words/use-words';
import classes from './connections.module.css';
import { GiveTo } from './give-to';
import { useGiving } from './use-giving';

interface Risky {
  session: Session;
  /** The connected consultants. */
  others: Consultant[];
  onGiven: () => void;
}

export function RiskySession({ session, others, onGiven }: Risky) {
  const me = useMe();
  const nameOf = useClientName();
  const { t, locale } = useWords();
  const { open } = useOpenedSession();
  const { label, status, state, text, risk, gone } = useMeetingWords()(session);
  // An existing link works; later changes are at risk.
  const unreachable = status === 'ready' && risk !== 'cut_off' && !gone;
  const why = unreachable ? t('connections.risk.ready', { name: session.consultant, label }) : text || state;
  const giving = useGiving(session, onGiven);
  const zone = me.practice.zone;
  const title = session.title || t('form.untitled');
  return (
    <li data-testid="at-risk">
      <div className={classes.risk}>
        <div className={classes.riskText}>
          <UnstyledButton
            className={classes.title}
            aria-label={t('connections.risk.open', { title })}
            onClick={() => open(session.id)}
          >
            {title}
          </UnstyledButton>
          <Text size="sm">{slotText(session.starts_at, session.ends_at, zone, locale)}</Text>
          <Text size="xs" c="dimmed">
            {session.clients.map(nameOf).join(', ')}
          </Text>
          <Text size="xs" className={classes.why}>
            {why}
          </Text>
        </div>
        <GiveTo session={session} title={title} others={others} busy={giving.isPending} onGive={giving.mutate} />
      </div>
      {giving.error && <Refused error={giving.error} zone={zone} />}
    </li>
  );
}

function Refused({ error, zone }: { error: Error; zone: string }) {
  if (error instanceof Problem && error.code === 'slot_taken') return <SlotTaken problem={error} zone={zone} />;
  return <Trouble error={error} />;
}
