/** A field whose value is typed as text: it shows the value, or the typed text as long as that cannot be read. */
import { useState } from 'react';

/** Why a text is no value. */
export interface Misread {
  wrong: string;
}

interface Typing<Value, Wrong extends Misread> {
  /** As the field shows the value. */
  shown: string;
  read: (text: string) => { read: Value } | Wrong;
  onRead: (value: Value) => void;
  /** Whether something stands in the field that is not its value. */
  onUnread: (unread: boolean) => void;
  /** While the person types, the field shows no error. */
  onTyping: (typing: boolean) => void;
}

export function useTyped<Value, Wrong extends Misread>({
  shown,
  read,
  onRead,
  onUnread,
  onTyping,
}: Typing<Value, Wrong>) {
  const [typed, setTyped] = useState<string | null>(null);
  const [left, setLeft] = useState(false);
  const found = typed === null ? null : read(typed);
  const wrong = found && 'wrong' in found ? found : null;

  const settle = () => {
    onTyping(false);
    setLeft(true);
    if (!wrong) setTyped(null);
  };
  return {
    text: typed ?? shown,
    /** Shown once the person leaves the field: an incomplete date is no mistake yet. */
    wrong: left ? wrong : null,
    unread: wrong !== null,
    type: (text: string) => {
      const now = read(text);
      setTyped(text);
      setLeft(false);
      onTyping(true);
      onUnread('wrong' in now);
      if ('read' in now) onRead(now.read);
    },
    settle,
    /** Chosen from a list: replaces the typed text. */
    choose: () => {
      setTyped(null);
      onTyping(false);
      onUnread(false);
    },
  };
}
