/** Folds names, to compare a typed one with a shown one. The server searches by the same rules. */

const LEFT_OUT = /['’‘‛ʼʻʹ`´′＇\u00ad\u200b-\u200d\u2060\ufeff]/g;
const DASHES = /[‐‑‒–—−]/g;
const MARKS = /[\u0300-\u036f]/g;
const PLAIN: Record<string, string> = {
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ø: 'o',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
};

function folded(text: string): string {
  const plain = text.replace(LEFT_OUT, '').normalize('NFKD').replace(DASHES, '-').replace(MARKS, '').toLowerCase();
  return plain.replace(/[đðłøħŧıßæœþ]/g, (letter) => PLAIN[letter] ?? letter);
}

function wordsOf(text: string): string[] {
  return folded(text)
    .split(/[\s,]+/)
    .filter(Boolean);
}

export function matches(typed: string, ...texts: string[]): boolean {
  const key = folded(texts.join(' '));
  return wordsOf(typed).every((word) => key.includes(word));
}

/** Whether the whole name is typed, in any order of its words. */
export function sameName(typed: string, name: string): boolean {
  return wordsOf(typed).toSorted().join(' ') === wordsOf(name).toSorted().join(' ');
}
