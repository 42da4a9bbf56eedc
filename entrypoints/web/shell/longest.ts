/** The most characters that the service takes, and how it counts them. */
export const LONGEST = { title: 300, notes: 10_000, name: 200, phone: 50, contact_note: 2_000 } as const;

const PARAGRAPHS: (keyof typeof LONGEST)[] = ['notes', 'contact_note'];

/** In the composed form; a text of one line without the blanks around it. */
export function lengthOfText(kind: keyof typeof LONGEST, text: string): number {
  const composed = text.normalize('NFC');
  return [...(PARAGRAPHS.includes(kind) ? composed : composed.trim())].length;
}

export function isTooLong(kind: keyof typeof LONGEST, text: string): boolean {
  return lengthOfText(kind, text) > LONGEST[kind];
}
