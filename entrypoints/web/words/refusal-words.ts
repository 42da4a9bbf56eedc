/** What a refusal says to people, by its code: the words are in the catalogues, the data come from the server. */
import type { ParseKeys, TFunction } from 'i18next';
import type { Problem, WrongField } from '../api/problem';
import { momentText, slotText } from './dates.ts';
import { viewersZone } from './zone.ts';

export interface Explained {
  detail: string;
  next: string;
}

type Data = Record<string, unknown>;

/** Data whose value chooses between several texts of a code. */
const CHOOSING = ['what', 'need', 'reason', 'status'];

const MINUTE = 60; // seconds; waits of up to two minutes are told in seconds

export function refusalWords(t: TFunction, locale: string) {
  function ofProblem({ code, data, fields: [wrong] }: Problem): Explained {
    return wrong ? ofRule(wrong) : inWords(problemKeys(code), data);
  }

  function ofRule({ code, data }: WrongField): Explained {
    return inWords(ruleKeys(code), data ?? {});
  }

  function inWords(keys: Keys, data: Data): Explained {
    const texts = Object.entries(data).map(([name, value]) => [name, textOf(name, value)]);
    const options = {
      ...Object.fromEntries(texts),
      when: whenText(data),
      count: Object.values(data).find((value) => typeof value === 'number'),
      context: CHOOSING.map((name) => data[name]).find((value) => typeof value === 'string'),
    };
    return { detail: t(keys.detail, options), next: t(keys.next, options) };
  }

  function textOf(name: string, value: unknown): string {
    if (name === 'retry_after') return waitText(Number(value));
    if (name.endsWith('_at')) return momentText(String(value), viewersZone(), locale);
    if (typeof value === 'number') return value.toLocaleString(locale, { useGrouping: 'min2' });
    return Array.isArray(value) ? value.join(', ') : String(value);
  }

  /** From when to when, where the data say both. */
  function whenText({ starts_at, ends_at }: Data): string {
    if (typeof starts_at !== 'string' || typeof ends_at !== 'string') return '';
    return slotText(starts_at, ends_at, viewersZone(), locale);
  }

  /** “30 seconds”, “3 minutes”: after “in”. */
  function waitText(seconds: number): string {
    if (seconds <= 2 * MINUTE) return t('wait.seconds', { count: seconds });
    return t('wait.minutes', { count: Math.ceil(seconds / MINUTE) });
  }

  return { ofProblem, ofRule };
}

interface Keys {
  detail: ParseKeys;
  next: ParseKeys;
}

// The compiler finds a code without words here.

function problemKeys(code: Problem['code']): Keys {
  return { detail: `problem.${code}.detail`, next: `problem.${code}.next` };
}

function ruleKeys(code: WrongField['code']): Keys {
  return { detail: `rule.${code}.detail`, next: `rule.${code}.next` };
}
