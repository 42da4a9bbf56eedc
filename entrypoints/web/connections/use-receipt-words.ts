/** A receipt counts rows; people read what they were. */
import type { Receipt } from '../api/types';
import { useWords } from '../words/use-words';

const KINDS = ['connections', 'attempts', 'connect_links', 'history_entries', 'meeting_links'] as const;
const OPERATOR = 'operator'; // as the command line signs

export function useReceiptWords() {
  const { t } = useWords();
  return (receipt: Receipt) => {
    const found = Object.entries(receipt.erased).filter(([, count]) => count > 0);
    const destroyed = found.map(([name, count]) => {
      const kind = KINDS.find((one) => one === name);
      return kind
        ? t(`connections.receipt.kind.${kind}`, { count })
        : t('connections.receipt.kind.other', { count, kind: name });
    });
    return {
      destroyed: destroyed.length ? destroyed : [t('connections.receipt.nothing')],
      by: receipt.asked_by === OPERATOR ? t('connections.receipt.operator') : receipt.asked_by,
    };
  };
}
