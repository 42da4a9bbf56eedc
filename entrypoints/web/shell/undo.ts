/**
 * The last step that can be taken back. Each is taken back once, whether by its button or by keyboard. Asked for while
 * a step is being saved, it is that step which is taken back once it is.
 */

let last: (() => void) | null = null;
let underWay = 0;
let queued = false;

/** Returns the action of the button beside the message. */
export function undoable(undo: () => void): () => void {
  const step = () => {
    if (last === step) last = null;
    undo();
  };
  last = step;
  return step;
}

/** While a step is being saved. Call the answer when it is done, or has failed: then there is nothing to take back. */
export function stepUnderWay(): (done: boolean) => void {
  underWay += 1;
  return (done) => {
    underWay -= 1;
    if (!done) queued = false;
    if (underWay || !queued) return;
    queued = false;
    last?.();
  };
}

export function isStepUnderWay(): boolean {
  return underWay > 0;
}

/** Whether there was anything to take back, or will be. */
export function undoLast(): boolean {
  if (underWay) {
    queued = true;
    return true;
  }
  const step = last;
  step?.();
  return step !== null;
}

export function isUndo(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
}
