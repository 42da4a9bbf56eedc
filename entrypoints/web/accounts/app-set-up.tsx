/** Sets up an authenticator app: the QR code, the key as text, and the first code. */
import { Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client';
import { announce } from '../shell/announcer';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import classes from './accounts.module.css';
import { CodeInput } from './code-input';
import { QrCode } from './qr-code';

interface Setting {
  made: { secret: string; address: string };
  first: boolean;
  onDone: (recoveryCodes: string[]) => void;
  onCancel: () => void;
}

export function AppSetUp({ made, first, onDone, onCancel }: Setting) {
  const { t } = useWords();
  const [code, setCode] = useState('');
  const confirm = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/me/second-factor/app/confirmation', { body: { code } })),
    onSuccess: (answer) => onDone(answer.recovery_codes),
    onError: () => setCode(''),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate();
      }}
    >
      <Stack>
        <Text size="sm">{t('second_factor.scan')}</Text>
        <QrCode text={made.address} label={t('second_factor.qr')} />
        <div>
          <Text size="sm" c="dimmed">
            {t('second_factor.key')}
          </Text>
          <Group gap="xs" wrap="nowrap" justify="space-between">
            <Text size="sm" className={classes.key}>
              {made.secret.match(/.{1,4}/g)?.join(' ')}
            </Text>
            <Copy text={made.secret} />
          </Group>
        </div>
        <div>
          <Text size="sm" mb={4}>
            {t('second_factor.code')}
          </Text>
          <CodeInput kind="app" value={code} onChange={setCode} focused />
        </div>
        {confirm.error && <Trouble error={confirm.error} />}
        {first && (
          <Text size="sm" c="dimmed">
            {t('second_factor.ends_logins')}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('second_factor.cancel')}
          </Button>
          <Button type="submit" loading={confirm.isPending}>
            {t('second_factor.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function Copy({ text }: { text: string }) {
  const { t } = useWords();
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button
          size="xs"
          variant="default"
          style={{ flexShrink: 0 }}
          leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          onClick={() => {
            copy();
            announce(t('second_factor.copied'));
          }}
        >
          {t(copied ? 'second_factor.copied' : 'second_factor.copy')}
        </Button>
      )}
    </CopyButton>
  );
}
