/** Taking a cancellation back: in the form, and in the list of booked sessions. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useMe } from '../accounts/signed-in';
import { api } from '../api/client';
import { Problem, Unreachable } from '../api/problem';
import { queryClient } from '../api/queries';
import type { Session } from '../api/types';
import { useDeparture } from '../connection/use-departure';
import { useMeetingWords } from '../meeting/meeting';
import { tell } from '../shell/tell';
import { slotText } from '../words/dates';
import { useWords } from '../words/use-words';
import { isPast } from './times';

/** Shows the result. An online session gets a new link, which the clients do not have yet. */
export function useRestoring(onRestored: () => void = () => {}) {
  const { t, explain, locale } = useWords();
  const meetingWords = useMeetingWords();
  const me = useMe();
  const depart = useDeparture();
  return useMutation({
    mutationFn: restore,
    onSuccess: (session) => {
      void queryClient.invalidateQueries({ queryKey: ['sessions'] });
      void queryClient.invalidateQueries({ queryKey: ['session', session.id] });
      void queryClient.invalidateQueries({ queryKey: ['history', session.id] });
      const { status, state, text, label } = meetingWords(session);
      const link = status === 'ready' ? t('restoring.new_link', { label }) : `${state}. ${text}`;
      tell([t('restoring.done'), session.online && link].filter(Boolean).join(' '));
      onRestored();
    },
    onError: (error, session) => tell(refusal(error, session), { trouble: true, action: wayOn(error, session) }),
  });

  /** Whose connection is missing connects it; an admin finds there how to ask for it. */
  function wayOn(error: unknown, session: Session) {
    const { provider } = session;
    if (!(error instanceof Problem) || error.code !== 'connection_needed' || !provider) return undefined;
    if (session.consultant_id !== me.id) {
      return (
        <Link href="/connections" className="quiet-link">
          {t('meeting.to_connections')}
        </Link>
      );
    }
    return (
      <button type="button" className="quiet-link" onClick={() => void depart(provider)}>
        {t('connections.connect', { label: meetingWords(session).label })}
      </button>
    );
  }

  function refusal(error: unknown, session: Session): string {
    if (error instanceof Problem && error.code === 'slot_taken') {
      const when = slotText(error.text('starts_at'), error.text('ends_at'), session.zone, locale);
      return `${t('taken.text', { name: error.text('consultant'), when })} ${t('restoring.stays')}`;
    }
    const { label, gone } = meetingWords(session);
    if (gone && error instanceof Problem && error.code === 'invalid_input') return t('restoring.not_set_up', { label });
    const { detail, next } = explain(error);
    return `${detail} ${next}`;
  }
}

async function restore(session: Session): Promise<Session> {
  const params = { path: { booking_id: session.id }, header: { 'If-Match': `"${session.version}-"` } };
  const { data } = await api.POST('/api/bookings/{booking_id}/restore', { params });
  if (!data) throw new Unreachable();
  return data;
}

/** Above the form of a cancelled session. */
export function Cancelled({ session, onRestored }: { session: Session; onRestored: () => void }) {
  const { t } = useWords();
  const { label, gone } = useMeetingWords()(session);
  const restoring = useRestoring(onRestored);
  const begun = isPast(session.starts_at);
  if (gone) return <Alert variant="default">{t('restoring.not_set_up', { label })}</Alert>;
  return (
    <Alert variant="default">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Text size="sm">{t('form.cancelled')}</Text>
          {session.online && (
            <Text size="sm" c="dimmed">
              {t(begun ? 'restoring.no_meeting' : 'restoring.new_meeting', { label })}
            </Text>
          )}
        </div>
        <Button
          size="sm"
          leftSection={<IconArrowBackUp size={16} />}
          style={{ flex: 'none' }}
          loading={restoring.isPending}
          onClick={() => restoring.mutate(session)}
        >
          {t('restoring.restore')}
        </Button>
      </Group>
    </Alert>
  );
}
