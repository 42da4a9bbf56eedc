/** The last step that can be taken back. Each is taken back once, whether by its button or by keyboard. */

let last: (() => void) | null = null;

/** Answers what the button beside the message does. */
export function undoable(undo: () => void): () => void {
  const step = () => {
    if (last === step) last = null;
    undo();
  };
  last = step;
  return step;
}

/** Whether there was anything to take back. */
export function undoLast(): boolean {
  const step = last;
  step?.();
  return step !== null;
}
