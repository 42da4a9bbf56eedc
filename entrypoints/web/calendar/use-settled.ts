import { useEffect, useState } from 'react';

const FRAMES = 4;

/** The grid measures itself in the first frames with its sessions, which widen the days; what jumps meanwhile is not
 * shown. */
export function useSettled(answered: boolean): boolean {
  const [frames, setFrames] = useState(0);
  useEffect(() => {
    if (!answered || frames >= FRAMES) return;
    const frame = requestAnimationFrame(() => setFrames(frames + 1));
    return () => cancelAnimationFrame(frame);
  }, [answered, frames]);
  return frames >= FRAMES;
}
