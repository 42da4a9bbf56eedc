import { Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { providersQuery } from '../api/queries';
import type { Receipt } from '../api/types';
import { viewersZone } from '../session/times';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';
import classes from './connections.module.css';
import { Fact } from './facts';
import { useReceiptWords } from './use-receipt-words';

export function ReceiptView({ receipt, onClose }: { receipt: Receipt; onClose: () => void }) {
  const { t, locale } = useWords();
  const { destroyed, by } = useReceiptWords()(receipt);
  return (
    <Stack data-testid="receipt">
      <dl className={classes.facts}>
        <Fact name={t('connections.receipt.when')}>{momentText(receipt.erased_at, viewersZone(), locale)}</Fact>
        <Fact name={t('connections.receipt.by')}>{by}</Fact>
        <Fact name={t('connections.receipt.destroyed')}>
          <ul className={classes.plain}>
            {destroyed.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Fact>
      </dl>
      <Revocations revoked={receipt.revoked} />
      <dl className={classes.plain}>
        <Fact name={t('connections.receipt.hash')}>
          <code className={classes.hash}>{receipt.email_hash}</code>
          <Text size="xs" c="dimmed">
            {t('connections.receipt.hash_text')}
          </Text>
        </Fact>
      </dl>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('connections.receipt.close')}
        </Button>
        <Button component="a" href={`/api/erasures/${receipt.id}`} download leftSection={<IconDownload size={16} />}>
          {t('connections.receipt.download')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Whether each provider confirmed; where it did not, the person has one thing left to do. */
function Revocations({ revoked }: { revoked: Receipt['revoked'] }) {
  const { t } = useWords();
  const { data: providers = [] } = useQuery(providersQuery);
  return Object.entries(revoked).map(([provider, confirmed]) => {
    const label = providers.find((one) => one.provider === provider)?.label ?? provider;
    return (
      <div key={provider} className={classes.notice} data-tone={confirmed ? 'good' : 'warn'}>
        <span className={classes.noticeIcon}>
          {confirmed ? <IconCheck size={18} /> : <IconAlertTriangle size={18} />}
        </span>
        <Text size="sm">
          {t(confirmed ? 'connections.receipt.revoked' : 'connections.receipt.not_revoked', { label })}
        </Text>
      </div>
    );
  });
}
