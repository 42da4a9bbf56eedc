/** Actions beside the message that a session is saved: copy its link, and show it in the calendar. */
import { useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import type { Session } from '../api/types';
import { announce } from '../shell/announcer';
import { useWords } from '../words/use-words';
import { dateIn } from './times';

/** In the address of the calendar: the week of a session, and the session itself to be pointed out. */
export function whereItLies(session: Session, zone: string): Record<string, string> {
  return { on: dateIn(session.starts_at, zone), show: session.id };
}

export function SavedActions({ session, zone }: { session: Session; zone: string }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const link = session.meeting.join_link;
  const copy = async () => {
    await navigator.clipboard.writeText(link ?? '').then(
      () => {
        setCopied(true);
        announce(t('meeting.copied'));
      },
      () => navigate(`/?${new URLSearchParams({ ...whereItLies(session, zone), session: session.id })}`),
    );
  };
  return (
    <>
      {link && (
        <button type="button" className="quiet-link" onClick={() => void copy()}>
          {copied ? t('meeting.copied') : t('meeting.copy')}
        </button>
      )}{' '}
      <button
        type="button"
        className="quiet-link"
        onClick={() => navigate(`/?${new URLSearchParams(whereItLies(session, zone))}`)}
      >
        {t('form.show')}
      </button>
    </>
  );
}
