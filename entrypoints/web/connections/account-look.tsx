import { Text } from '@mantine/core';
import type { Tidying } from '../api/types';
import { useWords } from '../words/use-words';
import { useRecentText } from './moments';

/** When the account was last searched for meetings that belong to no session, and what became of them. */
export function AccountLook({ tidying }: { tidying: Tidying }) {
  const { t } = useWords();
  const recent = useRecentText();
  const unknown = tidying.strays.filter((stray) => !stray.removable);
  const leaving = tidying.strays.length - unknown.length;
  const when = unknown.map((stray) => (stray.starts_at ? recent(stray.starts_at) : stray.meeting_id)).join('; ');
  return (
    <>
      {recent(tidying.looked_at)}
      {tidying.removed > 0 && <Under>{t('connections.strays_removed', { count: tidying.removed })}</Under>}
      {leaving > 0 && <Under>{t('connections.strays_leaving', { count: leaving })}</Under>}
      {unknown.length > 0 && <Under>{t('connections.strays_unknown', { count: unknown.length, when })}</Under>}
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
