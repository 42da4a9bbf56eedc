/** Languages: the account's choice first, then the browser's. Catalogues are loaded when they are needed. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json';
import type help from './en-help.json';
import { preferredLanguage, regionalLocale } from './locale';

export const LANGUAGES = { en: 'English', sl: 'Slovenščina' } as const;
export type Language = keyof typeof LANGUAGES;

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en & typeof help };
  }
}

function fromBrowser(): Language {
  return preferredLanguage(Object.keys(LANGUAGES) as Language[], navigator.languages) ?? 'en';
}

/** Where dates and numbers are written as the browser's own region does it, when that speaks the language. */
export function localeOf(language: string): string {
  return regionalLocale(language, navigator.languages);
}

export async function startWords() {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
  });
  await speak(null);
}

/** A third of all texts, and few visits need them. The other languages come whole, when they are spoken. */
export async function learnHelp() {
  const words = await import('./en-help.json');
  i18next.addResourceBundle('en', 'translation', words.default, true);
}

export async function speak(chosen: Language | null) {
  const language = chosen ?? fromBrowser();
  if (language === 'sl' && !i18next.hasResourceBundle('sl', 'translation')) {
    const words = await import('./sl.json');
    i18next.addResourceBundle('sl', 'translation', words.default);
  }
  document.documentElement.lang = language;
  if (i18next.language !== language) await i18next.changeLanguage(language);
}
