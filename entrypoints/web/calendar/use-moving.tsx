/** Moving and resizing sessions: by mouse, by touch and by keyboard, with a way back. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Problem } from '../api/problem';
import type { Session } from '../api/types';
import { reschedule } from '../session/saving';
import { daysLater, shifted } from '../session/times';
import { announce } from '../shell/announcer';
import { tell, untell } from '../shell/tell';
import { slotText } from '../words/dates';
import { useWords } from '../words/use-words';

export interface Move {
  session: Session;
  start: string;
  end: string;
}

const STEP = 15; // minutes

export function useMoving(zone: string) {
  const { t, explain, locale } = useWords();
  const queries = useQueryClient();
  /** By keyboard: where the session would go; saved with Enter. */
  const [pending, setPending] = useState<Move | null>(null);
  const when = (start: string, end: string) => slotText(start, end, zone, locale);

  const save = async ({ session, start, end }: Move, { back = false } = {}): Promise<boolean> => {
    try {
      const { session: moved } = await reschedule(session, start, end);
      await queries.invalidateQueries({ queryKey: ['sessions'] });
      void queries.invalidateQueries({ queryKey: ['session', session.id] });
      const undo = () => {
        untell(id);
        void save({ session: moved, start: session.starts_at, end: session.ends_at }, { back: true });
      };
      const words = { title: session.title || t('form.untitled'), when: when(start, end) };
      const button = (
        <button type="button" className="quiet-link" onClick={undo}>
          {t('moving.undo')}
        </button>
      );
      const id = tell(t(back ? 'moving.moved_back' : 'moving.moved', words), back ? {} : { action: button });
      return true;
    } catch (error) {
      tell(troubleText(error), { trouble: true });
      void queries.invalidateQueries({ queryKey: ['sessions'] });
      return false;
    }
  };

  function troubleText(error: unknown): string {
    if (error instanceof Problem && error.code === 'slot_taken') {
      const words = { name: error.text('consultant'), when: when(error.text('starts_at'), error.text('ends_at')) };
      return `${t('taken.text', words)} ${t('moving.stays')}`;
    }
    const { detail, next } = explain(error);
    return `${detail} ${next}`;
  }

  useEffect(() => {
    if (!pending) return;
    const press = (event: KeyboardEvent) => {
      const next = moved(pending, event, zone);
      if (next) {
        setPending(next);
        announce(slotText(next.start, next.end, zone, locale));
      } else if (event.key === 'Enter') {
        setPending(null);
        void save(pending).then(() => focusOn(pending.session.id));
      } else if (event.key === 'Escape') {
        setPending(null);
        announce(t('moving.cancelled'));
        focusOn(pending.session.id);
      } else if (event.key !== 'Tab') return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', press, true);
    return () => window.removeEventListener('keydown', press, true);
  });

  const begin = (session: Session) => {
    setPending({ session, start: session.starts_at, end: session.ends_at });
    announce(t('moving.begun', { title: session.title || t('form.untitled') }));
  };
  return { pending, begin, save };
}

/** Up and down by a quarter of an hour, left and right by a day, with Shift the end alone. */
function moved(move: Move, event: KeyboardEvent, zone: string): Move | null {
  const minutes = { ArrowUp: -STEP, ArrowDown: STEP }[event.key];
  const days = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (minutes && event.shiftKey) {
    const end = shifted(move.end, minutes);
    return Date.parse(end) > Date.parse(move.start) ? { ...move, end } : move;
  }
  if (minutes) return { ...move, start: shifted(move.start, minutes), end: shifted(move.end, minutes) };
  if (days) return { ...move, start: daysLater(move.start, days, zone), end: daysLater(move.end, days, zone) };
  return null;
}

/** The grid draws the session anew where it went, so its element is looked up once it is there. Whoever has gone on by
 * keyboard meanwhile is not called back. */
function focusOn(id: string) {
  const before = document.activeElement;
  setTimeout(() => {
    const now = document.activeElement;
    if (now === before || now === document.body) document.querySelector<HTMLElement>(`[data-session="${id}"]`)?.focus();
  }, 120);
}
