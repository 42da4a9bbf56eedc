import type { SecurityEvent } from '../api/types';

export type Topic = 'sign_ins' | 'people' | 'connections' | 'data' | 'refused';

/** What the list can be narrowed to; the compiler finds an event without a topic. */
const topics: Record<SecurityEvent['event'], Exclude<Topic, 'refused'> | null> = {
  sign_in: 'sign_ins',
  single_sign_on: 'sign_ins',
  break_glass_sign_in: 'sign_ins',
  login_confirmed: 'sign_ins',
  sign_out: 'sign_ins',
  sign_out_elsewhere: 'sign_ins',
  password_changed: 'sign_ins',
  password_reset: 'sign_ins',
  requests_limited: 'sign_ins',
  idle_time_changed: 'sign_ins',
  second_factor_checked: 'sign_ins',
  second_factor_added: 'sign_ins',
  second_factor_removed: 'sign_ins',
  second_factor_reset: 'sign_ins',
  recovery_codes_renewed: 'sign_ins',
  recovery_code_used: 'sign_ins',
  passkey_copied: 'sign_ins',
  practice_founded: 'people',
  person_added: 'people',
  invited: 'people',
  invitation_renewed: 'people',
  invitation_revoked: 'people',
  joined: 'people',
  roles_changed: 'people',
  account_ended: 'people',
  account_restored: 'people',
  account_erased: 'people',
  reset_link_created: 'people',
  reset_link_revoked: 'people',
  identity_provider_set: 'sign_ins',
  identity_provider_removed: 'sign_ins',
  single_sign_on_required: 'sign_ins',
  single_sign_on_optional: 'sign_ins',
  identity_linked: 'sign_ins',
  identity_unlinked: 'sign_ins',
  second_factor_demanded: 'people',
  second_factor_optional: 'people',
  link_used: 'people',
  connect_link_created: 'connections',
  connected: 'connections',
  disconnect_asked: 'connections',
  disconnected: 'connections',
  removed_at_provider: 'connections',
  connection_erased: 'data',
  client_erased: 'data',
  client_exported: 'data',
  security_log_exported: 'data',
  // These belong to no practice, so no practice's log has them.
  keys_rotated: null,
  webhook_event: null,
};

export const allTopics: Topic[] = ['sign_ins', 'people', 'connections', 'data', 'refused'];

export function queryOf(topic: Topic | null) {
  if (topic === 'refused') return { outcome: 'refused' as const };
  const names = Object.keys(topics) as SecurityEvent['event'][];
  return topic ? { event: names.filter((name) => topics[name] === topic) } : {};
}
