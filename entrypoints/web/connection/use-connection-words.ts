/** How a connection fares, in words: why it ended, what its last error means, and what to do. */

import { useMe } from '../accounts/signed-in';
import type { Connection, Consultant } from '../api/types';
import { useWords } from '../words/use-words';

const REASONS = ['consent_gone', 'tokens_lost', 'scope_missing', 'host_missing'] as const;

const ERRORS = [
  'authorization_ended',
  'provider_try_later',
  'provider_needs_consultant',
  'provider_access_rejected',
  'provider_grant_dead',
  'provider_refused',
  'provider_misconfigured',
] as const;

/** Those that end with another consent. */
const NEEDS_CONSENT = [
  'authorization_ended',
  'provider_needs_consultant',
  'provider_access_rejected',
  'provider_grant_dead',
] as const;

type Failing = (typeof ERRORS)[number] | 'unknown';
type NeedsConsent = (typeof NEEDS_CONSENT)[number];

const PLANS = ['basic', 'licensed', 'unassigned'] as const;

export function useConnectionWords() {
  const me = useMe();
  const { t } = useWords();
  return (consultant: Pick<Consultant, 'id' | 'name'>, connection: Connection) => {
    const whose = consultant.id === me.id ? ('own' as const) : ('theirs' as const);
    const words = { name: consultant.name, label: connection.label, account: connection.account ?? '' };
    const reason = oneOf(REASONS, connection.refresh_failure) ?? 'unknown';
    const error = oneOf(ERRORS, connection.last_error?.reason ?? '') ?? 'unknown';
    const plan = oneOf(PLANS, connection.plan ?? '');
    return {
      whose,
      words,
      why: t(`connections.why.${reason}`, words),
      mend: t(`connections.mend.${whose}`, words),
      error: t(`connections.error.means.${error}`, words),
      errorNext: t(`connections.error.next.${nextOf(error, whose)}`, words),
      plan: plan ? t(`connections.plan.${plan}`) : (connection.plan ?? ''),
    };
  };
}

function nextOf(error: Failing, whose: 'own' | 'theirs') {
  return needsConsent(error) ? (`reconnect_${whose}` as const) : error;
}

function needsConsent(error: Failing): error is NeedsConsent {
  return (NEEDS_CONSENT as readonly Failing[]).includes(error);
}

function oneOf<T extends string>(known: readonly T[], word: string): T | null {
  return known.includes(word as T) ? (word as T) : null;
}
