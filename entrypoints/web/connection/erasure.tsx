import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconEraser } from '@tabler/icons-react';
import { useWords } from '../words/use-words';
import { EraseDialog } from './erase-dialog';
import { Receipts } from './receipts';
import { Section } from './section';

export function Erasure() {
  const { t } = useWords();
  const [opened, dialog] = useDisclosure();
  return (
    <Section
      title={t('connections.erasure.title')}
      text={t('connections.erasure.text')}
      tools={
        <Button size="xs" variant="default" leftSection={<IconEraser size={15} />} onClick={dialog.open}>
          {t('connections.erasure.open')}
        </Button>
      }
    >
      <Receipts />
      <EraseDialog opened={opened} onClose={dialog.close} />
    </Section>
  );
}
