/** Moving and resizing sessions: by mouse, by touch and by keyboard, with a way back. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Problem } from '../api/problem';
import type { Consultant, Session } from '../api/types';
import { reschedule } from '../booking/saving';
import { daysLater, shifted } from '../booking/times';
import { announce } from '../shell/announcer';
import { tell, untell } from '../shell/tell';
import { isStepUnderWay, isUndo, stepUnderWay, undoable, undoLast } from '../shell/undo';
import { slotText } from '../words/dates';
import { useWords } from '../words/use-words';
import { Reassign } from './reassign';
import { columnBeside } from './use-slot-cursor';

export interface Move {
  session: Session;
  start: string;
  end: string;
  /** Whose it becomes; as it was where it is left out. */
  consultantId?: string;
}

interface Asked {
  move: Move;
  answer: (yes: boolean) => void;
}

const STEP = 15; // minutes

/** `columns` are the consultants side by side, none where each column is a day. */
export function useMoving(zone: string, consultants: Consultant[], columns: Consultant[], oneDay: boolean) {
  const { t, explain, locale } = useWords();
  const queries = useQueryClient();
  /** By keyboard: where the session would go; saved with Enter. */
  const [pending, setPending] = useState<Move | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const when = (start: string, end: string) => slotText(start, end, zone, locale);
  const nameOf = (id: string | undefined) => consultants.find((one) => one.id === id)?.name ?? '';

  /** Another consultant means another meeting and another link, so it is asked for. */
  const save = async (move: Move): Promise<boolean> => {
    if (!reassigns(move)) return store(move);
    const yes = await new Promise<boolean>((answer) => setAsked({ move, answer }));
    setAsked(null);
    if (!yes) announce(t('moving.cancelled'));
    return yes && store(move);
  };

  const store = async ({ session, start, end, consultantId }: Move, { back = false } = {}): Promise<boolean> => {
    const finish = stepUnderWay();
    try {
      const { session: moved } = await reschedule(session, start, end, consultantId);
      await queries.invalidateQueries({ queryKey: ['sessions'] });
      void queries.invalidateQueries({ queryKey: ['session', session.id] });
      const before = { start: session.starts_at, end: session.ends_at, consultantId: session.consultant_id };
      const takeBack = () => {
        untell(id);
        void store({ session: moved, ...before }, { back: true });
      };
      const undo = back ? takeBack : undoable(takeBack);
      const words = {
        title: session.title || t('form.untitled'),
        when: when(start, end),
        name: moved.consultant,
      };
      const button = (
        <button type="button" className="quiet-link" onClick={undo}>
          {t('moving.undo')}
        </button>
      );
      const given = moved.consultant_id !== session.consultant_id;
      const said = given ? (back ? 'moving.given_back' : 'moving.given') : back ? 'moving.moved_back' : 'moving.moved';
      const id = tell(t(said, words), back ? {} : { action: button });
      finish(true);
      return true;
    } catch (error) {
      finish(false);
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
    if (!pending || asked) return;
    const press = (event: KeyboardEvent) => {
      if (isStepUnderWay()) {
        if (isUndo(event)) undoLast();
        event.preventDefault();
        return;
      }
      const next = moved(pending, event, zone, columns, oneDay);
      if (next) {
        setPending(next);
        const whose = columns.length ? nameOf(next.consultantId ?? next.session.consultant_id) : '';
        announce([whose, when(next.start, next.end)].filter(Boolean).join(', '));
      } else if (event.key === 'Enter') {
        void save(pending).then(() => {
          setPending(null);
          focusOn(pending.session.id);
        });
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
  const dialog = asked && (
    <Reassign
      session={asked.move.session}
      name={nameOf(asked.move.consultantId)}
      when={when(asked.move.start, asked.move.end)}
      onAnswer={asked.answer}
    />
  );
  return { pending, begin, save, dialog };
}

function reassigns({ session, consultantId }: Move): boolean {
  return consultantId !== undefined && consultantId !== session.consultant_id;
}

/** Up and down by a quarter of an hour, with Shift the end alone; left and right by a day, or to the consultant beside. */
function moved(move: Move, event: KeyboardEvent, zone: string, columns: Consultant[], oneDay: boolean): Move | null {
  const minutes = { ArrowUp: -STEP, ArrowDown: STEP }[event.key];
  const aside = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (minutes && event.shiftKey) {
    const end = shifted(move.end, minutes);
    return Date.parse(end) > Date.parse(move.start) ? { ...move, end } : move;
  }
  if (minutes) return { ...move, start: shifted(move.start, minutes), end: shifted(move.end, minutes) };
  if (!aside) return null;
  const beside = columnBeside(columns, move.consultantId ?? move.session.consultant_id, aside, oneDay);
  const days = beside ? beside.days : aside;
  const [start, end] = [daysLater(move.start, days, zone), daysLater(move.end, days, zone)];
  return { ...move, start, end, consultantId: beside ? beside.id : move.consultantId };
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
