/** A join link that changed by itself stays marked until a person has copied the new one or dismissed the mark. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconCopy, IconLinkPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { api, bodyOf } from '../api/client';
import { queryClient } from '../api/queries';
import type { Session } from '../api/types';
import { viewersZone } from '../booking/times';
import { announce } from '../shell/announcer';
import { Trouble } from '../shell/trouble';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';

export const LINK_CHANGED_ICON = IconLinkPlus;

/** Copying a marked link counts as passing it on; the page reports it once, however often it is copied. */
export function useLinkChange(session: Session) {
  const acknowledging = useMutation({
    mutationFn: (seen: { changed_at: string; how: 'copied' | 'dismissed' }) => {
      const params = { path: { booking_id: session.id } };
      return bodyOf(api.POST('/api/bookings/{booking_id}/link-change/acknowledge', { params, body: seen }));
    },
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: ['sessions'] });
      void queryClient.invalidateQueries({ queryKey: ['session', session.id] });
      void queryClient.invalidateQueries({ queryKey: ['history', session.id] });
    },
  });
  const at = session.meeting.link_changed_at;
  return {
    acknowledge: (how: 'copied' | 'dismissed') => {
      if (at) acknowledging.mutate({ changed_at: at, how });
    },
    error: acknowledging.error,
    pending: acknowledging.isPending,
  };
}

export function LinkChanged({ session, label }: { session: Session; label: string }) {
  const { t, locale } = useWords();
  const { acknowledge, error, pending } = useLinkChange(session);
  const mark = useRef<HTMLDivElement>(null);
  const { link_changed_at: at, link_change_reason: reason, join_link: link } = session.meeting;
  if (!at || !link) return null;
  const done = (how: 'copied' | 'dismissed') => {
    acknowledge(how);
    mark.current?.parentElement?.querySelector('a')?.focus(); // the mark and its buttons are about to go
  };
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    announce(t('meeting.copied'));
    done('copied');
  };
  return (
    <Alert
      ref={mark}
      color="orange"
      variant="light"
      icon={<LINK_CHANGED_ICON size={18} aria-hidden />}
      title={t('meeting.link_changed.title', { label, when: momentText(at, viewersZone(), locale) })}
      data-testid="link-changed"
    >
      <Stack gap="xs">
        {reason && <Text size="sm">{t(`meeting.link_changed.why.${reason}`, { label })}</Text>}
        <Text size="sm">{t('meeting.link_changed.next', { count: session.clients.length })}</Text>
        {error && <Trouble error={error} />}
        <Group gap="xs">
          <Button
            size="xs"
            leftSection={<IconCopy size={15} />}
            loading={pending}
            onClick={() => void copy().catch(() => announce(t('meeting.not_copied')))}
          >
            {t('meeting.link_changed.copy')}
          </Button>
          <Button size="xs" variant="default" loading={pending} onClick={() => done('dismissed')}>
            {t('meeting.link_changed.dismiss')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
