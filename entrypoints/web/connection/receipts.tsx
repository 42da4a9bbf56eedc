import { ActionIcon, Button, Modal, Skeleton, Text, Title, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { receiptsQuery } from '../api/queries';
import type { Receipt } from '../api/types';
import { viewersZone } from '../booking/times';
import { Trouble } from '../shell/trouble';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';
import classes from './connections.module.css';
import { ReceiptView } from './receipt-view';
import { useReceiptWords } from './use-receipt-words';

const FEW = 5;

export function Receipts() {
  const { t } = useWords();
  const { data: receipts, error } = useQuery(receiptsQuery);
  const [all, setAll] = useState(false);
  const [shown, setShown] = useState<Receipt | null>(null);
  if (error) return <Trouble error={error} />;
  if (!receipts) return <Skeleton height={44} radius="md" role="status" aria-label={t('shell.loading')} />;
  if (!receipts.length) {
    return (
      <Text size="sm" c="dimmed">
        {t('connections.erasure.no_receipts')}
      </Text>
    );
  }
  return (
    <>
      <Title order={3} size="h6">
        {t('connections.erasure.receipts')}
      </Title>
      <ul className={classes.receipts}>
        {receipts.slice(0, all ? undefined : FEW).map((one) => (
          <ReceiptRow key={one.id} receipt={one} onShow={() => setShown(one)} />
        ))}
      </ul>
      {!all && receipts.length > FEW && (
        <Button size="xs" variant="subtle" w="fit-content" onClick={() => setAll(true)}>
          {t('connections.erasure.all_receipts', { count: receipts.length })}
        </Button>
      )}
      <Modal
        opened={shown !== null}
        onClose={() => setShown(null)}
        title={t('connections.receipt.title')}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
        size="lg"
      >
        {shown && <ReceiptView receipt={shown} onClose={() => setShown(null)} />}
      </Modal>
    </>
  );
}

function ReceiptRow({ receipt, onShow }: { receipt: Receipt; onShow: () => void }) {
  const { t, locale } = useWords();
  const { destroyed, by } = useReceiptWords()(receipt);
  const when = momentText(receipt.erased_at, viewersZone(), locale);
  const download = t('connections.receipt.download_of', { when });
  return (
    <li>
      <div>
        <Text size="sm">
          {when} · {by}
        </Text>
        <Text size="xs" c="dimmed">
          {destroyed.join(', ')}
        </Text>
      </div>
      <span className={classes.receiptTools}>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          aria-label={t('connections.erasure.show_of', { when })}
          onClick={onShow}
        >
          {t('connections.erasure.show')}
        </Button>
        <Tooltip label={download}>
          <ActionIcon
            component="a"
            href={`/api/erasures/${receipt.id}`}
            download
            variant="subtle"
            color="gray"
            aria-label={download}
          >
            <IconDownload size={16} />
          </ActionIcon>
        </Tooltip>
      </span>
    </li>
  );
}
