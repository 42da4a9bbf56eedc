/** New recovery codes, shown once: to be copied or downloaded. */
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useMemo, useRef } from 'react';
import { useWords } from '../words/use-words';
import classes from './accounts.module.css';
import { Copy } from './app-set-up';
import { useMe } from './signed-in';

interface Shown {
  codes: string[];
  replaced: boolean;
  onDone: () => void;
}

export function RecoveryCodes({ codes, replaced, onDone }: Shown) {
  const me = useMe();
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const text = [t('second_factor.codes_file_text', { email: me.email }), '', ...codes, ''].join('\n');
  const file = useMemo(() => new Blob([text], { type: 'text/plain' }), [text]);
  return (
    <Stack gap="sm">
      <Title order={3} size="h4" ref={heading} tabIndex={-1}>
        {t('second_factor.codes_new')}
      </Title>
      <Text size="sm">{t('second_factor.codes_text')}</Text>
      {replaced && <Alert color="yellow">{t('second_factor.codes_replaced')}</Alert>}
      <ul className={classes.codes} aria-label={t('second_factor.codes')}>
        {codes.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} />}
            onClick={() => download(file, t('second_factor.codes_file'))}
          >
            {t('second_factor.codes_download')}
          </Button>
          <Copy text={codes.join('\n')} />
        </Group>
        <Button onClick={onDone}>{t('second_factor.codes_saved')}</Button>
      </Group>
    </Stack>
  );
}

function download(file: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
