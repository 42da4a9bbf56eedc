import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { announce } from './announcer';

const A_MINUTE = 60_000; // reaching it by keyboard takes time

interface Manner {
  /** A button or link beside the message. */
  action?: ReactNode;
  /** It failed. */
  trouble?: boolean;
  /** It is not done yet, or there is more to know. */
  notice?: boolean;
}

let offer: string | null = null;

/**
 * A message at the edge of the page, also for screen readers. Only a success has the green tick. The link or
 * undo of an earlier message may no longer be valid, so that message goes when the next one comes.
 */
export function tell(text: string, { action, trouble = false, notice = false }: Manner = {}) {
  announce(text);
  if (offer) notifications.hide(offer);
  const id = notifications.show({
    message: (
      <>
        {text} {action}
      </>
    ),
    color: trouble ? 'red' : notice ? 'orange' : 'pine',
    icon: trouble ? <IconAlertTriangle size={18} /> : notice ? <IconInfoCircle size={18} /> : <IconCheck size={18} />,
    autoClose: action ? A_MINUTE : trouble ? 15_000 : 6_000,
    withBorder: true,
    closeButtonProps: { 'aria-label': i18next.t('shell.close') },
    role: 'presentation', // it is announced above, once
  });
  offer = action ? id : null;
  return id;
}

export function untell(id: string) {
  notifications.hide(id);
}
