/**
 * The server's English sentences, in the language of the page.
 *
 * A catalogue's keys are the server's sentences, with {{name}} where it puts a value. A sentence that no catalogue
 * knows is shown as it came: an English explanation is better than none.
 */
interface Pattern {
  matches: RegExp;
  names: string[];
  says: string;
}

const known = new Map<string, Pattern[]>();

export function learnSentences(language: string, catalogue: Record<string, string>) {
  known.set(language, Object.entries(catalogue).map(pattern));
}

/** A value that is put in may be a phrase of the server's too. */
export function inLanguage(language: string, sentence: string): string {
  for (const { matches, names, says } of known.get(language) ?? []) {
    const found = matches.exec(sentence);
    if (!found) continue;
    const put = (text: string, name: string, place: number) =>
      text.replaceAll(`{{${name}}}`, inLanguage(language, found[place + 1] ?? ''));
    return names.reduce(put, says);
  }
  return sentence;
}

function pattern([sentence, says]: [string, string]): Pattern {
  const names: string[] = [];
  const parts = sentence.split(/\{\{(\w+)\}\}/);
  const source = parts.map((part, place) => {
    if (place % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    names.push(part);
    return '(.+?)';
  });
  return { matches: new RegExp(`^${source.join('')}$`, 's'), names, says };
}
