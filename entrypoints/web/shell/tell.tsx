import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { announce } from './announcer';

const A_MINUTE = 60_000; // whoever goes there by keyboard needs the time

interface Manner {
  /** A button or link beside the words. */
  action?: ReactNode;
  /** It failed. */
  trouble?: boolean;
  /** It is not done yet, or somebody should know more. */
  notice?: boolean;
}

let offer: string | null = null;

/**
 * A word at the edge of the page, for eyes and ears. Only what has succeeded wears the green tick. What an earlier word
 * offered (a link, an undo) may not be true any more, so it goes when the next one comes.
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
