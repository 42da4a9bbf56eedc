/** Translates the counts of a receipt for people. */
import type { Receipt } from '../api/types';
import { useWords } from '../words/use-words';

const KINDS = [
  'connections',
  'authorization_requests',
  'connect_links',
  'history_entries',
  'account_addresses',
  'meeting_links',
  'clients',
  'contact_notes',
  'drafts',
  'session_texts',
  'accounts',
  'history_names',
  'invitations',
] as const;
const OPERATOR = 'operator'; // as the command line signs

export function useReceiptWords() {
  const { t } = useWords();
  return (receipt: Receipt) => {
    const known = KINDS.filter((kind) => receipt.erased[kind]).map((kind) =>
      t(`connections.receipt.kind.${kind}`, { count: receipt.erased[kind] ?? 0 }),
    );
    const others = Object.entries(receipt.erased).filter(([kind, count]) => count > 0 && !isKnown(kind));
    const destroyed = [
      ...known,
      ...others.map(([kind, count]) => t('connections.receipt.kind.other', { count, kind })),
    ];
    return {
      destroyed: destroyed.length ? destroyed : [t('connections.receipt.nothing')],
      by: receipt.asked_by === OPERATOR ? t('connections.receipt.operator') : receipt.asked_by,
    };
  };
}

function isKnown(kind: string): boolean {
  return (KINDS as readonly string[]).includes(kind);
}
