/** A one-time link, to be handed over by one's own mail or chat. It is shown only now. */
import { Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy, IconMail } from '@tabler/icons-react';
import { viewersZone } from '../booking/times';
import { announce } from '../shell/announcer';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';
import { useMe } from './signed-in';

interface Handed {
  name: string;
  email: string;
  link: string;
  ends_at: string;
}

/** The e-mail that goes with it: `link` for an invitation, `reset` for a new password. */
export function HandedLink({ made, mail: kind = 'link' }: { made: Handed; mail?: 'link' | 'reset' }) {
  const me = useMe();
  const { t, locale } = useWords();
  const { name, email, link } = made;
  const until = momentText(made.ends_at, viewersZone(), locale);
  const words = { name, link, until, practice: me.practice.name, me: me.name };
  const parts = { subject: t(`practice.${kind}.subject`, words), body: t(`practice.${kind}.body`, words) };
  const mail = `mailto:${email}?${new URLSearchParams(parts).toString().replaceAll('+', '%20')}`;
  return (
    <Stack gap="xs">
      <TextInput
        readOnly
        label={t('practice.link.label', words)}
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group gap="xs">
        <CopyButton value={link}>
          {({ copied, copy }) => (
            <Button
              leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              onClick={() => {
                copy();
                announce(t('practice.link.copied'));
              }}
            >
              {t(copied ? 'practice.link.copied' : 'practice.link.copy')}
            </Button>
          )}
        </CopyButton>
        <Button component="a" href={mail} variant="default" leftSection={<IconMail size={16} />}>
          {t('practice.link.mail')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t('practice.link.text', words)}
      </Text>
    </Stack>
  );
}
