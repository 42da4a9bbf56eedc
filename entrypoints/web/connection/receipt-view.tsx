import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Receipt } from '../api/types';
import { viewersZone } from '../booking/times';
import { NamingSessions } from '../clients/naming-sessions';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';
import classes from './connections.module.css';
import { EndingText } from './ending-text';
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
      {Object.keys(receipt.endings).length > 0 && <Text size="sm">{t('connections.ending.here')}</Text>}
      {Object.entries(receipt.endings).map(([provider, ending]) => (
        <EndingText key={provider} provider={provider} ending={ending} />
      ))}
      <Kept kept={receipt.kept} />
      {receipt.email_hash && (
        <dl className={classes.plain}>
          <Fact name={t('connections.receipt.hash')}>
            <code className={classes.hash}>{receipt.email_hash}</code>
            <Text size="xs" c="dimmed">
              {t('connections.receipt.hash_text')}
            </Text>
          </Fact>
        </dl>
      )}
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

/** Of an erased client. */
function Kept({ kept }: Pick<Receipt, 'kept'>) {
  const { t } = useWords();
  const { past_sessions, drafts, mentions } = kept;
  if (!past_sessions && !drafts && !mentions.length) return null;
  return (
    <dl className={classes.facts}>
      <Fact name={t('connections.receipt.kept')}>
        {past_sessions > 0 && <Text size="sm">{t('clients.erase.past', { count: past_sessions })}</Text>}
        {drafts > 0 && <Text size="sm">{t('connections.receipt.kept_drafts', { count: drafts })}</Text>}
        {mentions.length > 0 && (
          <>
            <Text size="sm">{t('clients.erase.naming', { count: mentions.length })}</Text>
            <NamingSessions sessions={mentions.map(({ booking_id, starts_at }) => ({ id: booking_id, starts_at }))} />
          </>
        )}
      </Fact>
    </dl>
  );
}
