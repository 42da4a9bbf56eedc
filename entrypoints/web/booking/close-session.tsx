/** Cancelling and deleting, each with a description of the effect beforehand. */
import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { api } from '../api/client';
import { queryClient } from '../api/queries';
import type { Session } from '../api/types';
import { useMeetingWords } from '../meeting/meeting';
import { focusBeside } from '../shell/focus';
import { tell, untell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { undoable } from '../shell/undo';
import { slotText } from '../words/dates';
import { useWords } from '../words/use-words';
import { useRestoring } from './restore';

export type Closing = 'cancel' | 'delete';

interface Asking {
  session: Session;
  closing: Closing | null;
  onDone: () => void;
  onClose: () => void;
}

export function CloseSession({ session, closing, onDone, onClose }: Asking) {
  const { t, locale } = useWords();
  const restoring = useRestoring();
  const focusNext = useRef(() => {});
  const close = useMutation({
    mutationFn: (how: Closing) => {
      focusNext.current = focusBeside(session.id);
      return act(how, session);
    },
    onSuccess: (cancelled, how) => {
      void queryClient.invalidateQueries({ queryKey: ['sessions'] });
      void queryClient.invalidateQueries({ queryKey: ['session', session.id] });
      if (cancelled) tellCancelled(cancelled);
      else tell(t(`closing.${how}.done`));
      focusNext.current();
      onDone();
    },
  });
  const tellCancelled = (cancelled: Session) => {
    const undo = undoable(() => {
      untell(id);
      restoring.mutate(cancelled);
    });
    const button = (
      <button type="button" className="quiet-link" onClick={undo}>
        {t('moving.undo')}
      </button>
    );
    const id = tell(t('closing.cancel.done'), { action: button });
  };
  if (!closing) return null;
  const words = {
    title: session.title || t('form.untitled'),
    when: slotText(session.starts_at, session.ends_at, session.zone, locale),
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`closing.${closing}.title`)}
      zIndex={320}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Stack>
        {close.error && <Trouble error={close.error} />}
        <Text>{t(`closing.${closing}.ask`, words)}</Text>
        <Consequences session={session} closing={closing} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('closing.no')}
          </Button>
          <Button color="red" loading={close.isPending} onClick={() => close.mutate(closing)}>
            {t(`closing.${closing}.yes`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Consequences({ session, closing }: { session: Session; closing: Closing }) {
  const { t } = useWords();
  const { label, gone } = useMeetingWords()(session);
  const words = { label, consultant: session.consultant, count: session.clients.length };
  const said = [t(`closing.${closing}.slot`, words)];
  if (session.meeting.reason === 'other_account')
    said.push(
      t(session.meeting.detail ? 'meeting.leaving.stays_in' : 'meeting.leaving.stays', {
        ...words,
        account: session.meeting.detail,
      }),
    );
  else if (gone && session.meeting.join_link) said.push(t('closing.meeting_stays', words));
  else if (session.online && session.meeting.join_link)
    said.push(t('closing.meeting', words), t('closing.link', words));
  else if (session.online) said.push(t('closing.no_meeting', words));
  said.push(t(`closing.${closing}.record`), t('closing.tell_clients', words));
  return (
    <List size="sm" spacing={4} data-testid="consequences">
      {said.map((one) => (
        <List.Item key={one}>{one}</List.Item>
      ))}
    </List>
  );
}

/** The cancelled session, or nothing where it is deleted. */
async function act(how: Closing, session: Session): Promise<Session | undefined> {
  const params = { path: { booking_id: session.id }, header: { 'If-Match': `"${session.version}-"` } };
  if (how === 'cancel') return (await api.POST('/api/bookings/{booking_id}/cancel', { params })).data;
  await api.DELETE('/api/bookings/{booking_id}', { params });
  return undefined;
}
