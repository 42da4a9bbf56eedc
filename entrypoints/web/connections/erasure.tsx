import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconEraser } from '@tabler/icons-react';
import type { Consultant } from '../api/types';
import { useWords } from '../words/use-words';
import { EraseDialog } from './erase-dialog';
import { Receipts } from './receipts';
import { Section } from './section';

export function Erasure({ people }: { people: Consultant[] }) {
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
      <Text size="sm" fw={600} component="h3" m={0}>
        {t('connections.erasure.receipts')}
      </Text>
      <Receipts />
      <EraseDialog opened={opened} onClose={dialog.close} people={people} />
    </Section>
  );
}
