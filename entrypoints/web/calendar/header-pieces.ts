export interface Part {
  type: string;
  value: string;
}

interface Piece {
  text: string;
  isDay: boolean;
}

/** Weekday and day, each with the punctuation that follows it. */
export function piecesOf(parts: Part[]): Piece[] {
  const pieces: Piece[] = [];
  for (const { type, value } of parts) {
    const last = pieces.at(-1);
    if (type === 'literal' && last) last.text += value.trimEnd();
    else if (value.trim()) pieces.push({ text: value.trim(), isDay: type === 'day' });
  }
  return pieces;
}
