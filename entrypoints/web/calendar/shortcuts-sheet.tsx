/** The list of keyboard shortcuts, over the calendar. */
import { Kbd, Modal, Table } from '@mantine/core';
import { useWords } from '../words/use-words';

const ROWS = [
  { does: 'today', keys: ['T'] },
  { does: 'create', keys: ['N'] },
  { does: 'day', keys: ['D'] },
  { does: 'week', keys: ['W'] },
  { does: 'month', keys: ['M'] },
  { does: 'list', keys: ['L'] },
  { does: 'turn', keys: ['←', '→'] },
  { does: 'goto', keys: ['G'] },
  { does: 'search', keys: ['/'] },
  { does: 'undo', keys: ['Ctrl Z'] },
  { does: 'close', keys: ['Esc'] },
  { does: 'help', keys: ['?'] },
] as const;

export default function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  return (
    <Modal opened onClose={onClose} title={t('shortcuts.title')} closeButtonProps={{ 'aria-label': t('shell.close') }}>
      <Table verticalSpacing={6} aria-label={t('shortcuts.title')}>
        <Table.Tbody>
          {ROWS.map(({ does, keys }) => (
            <Table.Tr key={does}>
              <Table.Td w={110}>
                {keys.map((key) => (
                  <Kbd key={key} mr={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{t(`shortcuts.${does}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
