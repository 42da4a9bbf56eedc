import { Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy, IconLink, IconMail } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import type { Consultant } from '../api/types';
import { useCreationKey } from '../api/use-creation-key';
import { viewersZone } from '../booking/times';
import { announce } from '../shell/announcer';
import { Trouble } from '../shell/trouble';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';

/** A link by which only that consultant can connect. The admin passes it on by mail or chat. */
export function PersonalLink({
  consultant,
  provider,
  label,
}: {
  consultant: Pick<Consultant, 'id' | 'name' | 'email'>;
  provider: string;
  label: string;
}) {
  const { t, locale } = useWords();
  const { keyOf, done } = useCreationKey();
  const make = useMutation({
    mutationFn: () => {
      const path = { provider, consultant_id: consultant.id };
      const params = { path, header: { 'Idempotency-Key': keyOf(path) } };
      return bodyOf(api.POST('/api/connections/{provider}/{consultant_id}/links', { params }));
    },
    onSuccess: () => {
      done();
      announce(t('link.made', { name: consultant.name }));
    },
  });
  if (!make.data) {
    return (
      <Stack gap="xs">
        {make.error && <Trouble error={make.error} />}
        <Button
          size="xs"
          variant="default"
          w="fit-content"
          leftSection={<IconLink size={15} />}
          loading={make.isPending}
          onClick={() => make.mutate()}
        >
          {t('link.make', { name: consultant.name })}
        </Button>
      </Stack>
    );
  }
  const { link, ends_at } = make.data;
  const words = { name: consultant.name, label, link, until: momentText(ends_at, viewersZone(), locale) };
  const mail = `mailto:${consultant.email}?${new URLSearchParams({ subject: t('link.mail_subject', words), body: t('link.mail_body', words) }).toString().replaceAll('+', '%20')}`;
  return (
    <Stack gap={6} style={{ flex: 1 }}>
      <TextInput
        readOnly
        size="xs"
        aria-label={t('link.label', words)}
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group gap="xs">
        <CopyButton value={link}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
              onClick={copy}
            >
              {copied ? t('meeting.copied') : t('meeting.copy')}
            </Button>
          )}
        </CopyButton>
        <Button component="a" href={mail} size="xs" variant="default" leftSection={<IconMail size={15} />}>
          {t('link.mail', words)}
        </Button>
      </Group>
      <Text size="xs" c="dimmed">
        {t('link.text', words)}
      </Text>
    </Stack>
  );
}
