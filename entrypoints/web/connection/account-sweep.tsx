import { Text } from '@mantine/core';
import type { OrphanSweep } from '../api/types';
import { useWords } from '../words/use-words';
import { useRecentText } from './moments';

/** When the account was last searched for meetings that belong to no session, and the result. */
export function AccountSweep({ sweep }: { sweep: OrphanSweep }) {
  const { t } = useWords();
  const recent = useRecentText();
  const unknown = sweep.orphans.filter((orphan) => !orphan.removable);
  const leaving = sweep.orphans.length - unknown.length;
  const when = unknown.map((orphan) => (orphan.starts_at ? recent(orphan.starts_at) : orphan.meeting_id)).join('; ');
  return (
    <>
      {recent(sweep.looked_at)}
      {sweep.removed > 0 && <Under>{t('connections.orphans_removed', { count: sweep.removed })}</Under>}
      {leaving > 0 && <Under>{t('connections.orphans_leaving', { count: leaving })}</Under>}
      {unknown.length > 0 && <Under>{t('connections.orphans_unknown', { count: unknown.length, when })}</Under>}
    </>
  );
}

function Under({ children }: { children: string }) {
  return (
    <Text size="xs" c="dimmed">
      {children}
    </Text>
  );
}
