/** A field whose value is typed as text: it shows the value, or what was typed for as long as that cannot be read. */
import { useState } from 'react';

/** What keeps a text from being a value. */
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
  /** While somebody is at it, nobody should comment on what they mean. */
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
    /** Told once the field is left: a half typed date is no mistake yet. */
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
    /** Chosen from a list: whatever was typed is replaced. */
    choose: () => {
      setTyped(null);
      onTyping(false);
      onUnread(false);
    },
  };
}
