/** The texts about a connection's state: why it ended, the meaning of its last error, and the next step. */

import { useMe } from '../accounts/signed-in';
import type { Connection, Consultant } from '../api/types';
import { useWords } from '../words/use-words';

const REASONS = ['consent_gone', 'tokens_lost', 'tokens_unreadable', 'scope_missing', 'host_missing'] as const;

type Outcome = NonNullable<Connection['last_error']>['outcome'];
/** A call that did not fail is never the last error. */
type Failing = Exclude<Outcome, 'done' | 'found' | 'provider_meeting_gone' | 'provider_not_yet'>;

/** The step that mends it: another consent, or another that has its own words. */
const STEPS = {
  authorization_ended: 'reconnect',
  provider_needs_consultant: 'reconnect',
  provider_access_rejected: 'reconnect',
  provider_grant_dead: 'reconnect',
  provider_try_later: 'provider_try_later',
  provider_refused: 'provider_refused',
  provider_misconfigured: 'provider_misconfigured',
} as const satisfies Record<Failing, string>;

const PLANS = ['basic', 'licensed', 'unassigned'] as const;

export function useConnectionWords() {
  const me = useMe();
  const { t } = useWords();
  return (consultant: Pick<Consultant, 'id' | 'name'>, connection: Connection) => {
    const whose = consultant.id === me.id ? ('own' as const) : ('theirs' as const);
    const words = { name: consultant.name, label: connection.label, account: connection.account ?? '' };
    const reason = oneOf(REASONS, connection.refresh_failure ?? '') ?? 'unknown';
    const error = (connection.last_error?.outcome as Failing | undefined) ?? null;
    const step = error && STEPS[error];
    const plan = oneOf(PLANS, connection.plan ?? '');
    return {
      whose,
      words,
      why: t(`connections.why.${reason}`, words),
      mend: t(`connections.mend.${whose}`, words),
      error: error ? t(`connections.error.means.${error}`, words) : '',
      errorNext: step
        ? t(`connections.error.next.${step === 'reconnect' ? (`reconnect_${whose}` as const) : step}`, words)
        : '',
      plan: plan ? t(`connections.plan.${plan}`) : (connection.plan ?? ''),
    };
  };
}

function oneOf<T extends string>(known: readonly T[], word: string): T | null {
  return known.includes(word as T) ? (word as T) : null;
}
