import assert from 'node:assert/strict';
import { test } from 'node:test';
import i18next from 'i18next';
import { Problem, type ProblemBody, type WrongField } from '../api/problem.ts';
import en from './en.json' with { type: 'json' };
import { refusalWords } from './refusal-words.ts';
import sl from './sl.json' with { type: 'json' };

await i18next.init({
  lng: 'en',
  resources: { en: { translation: en }, sl: { translation: sl } },
  interpolation: { escapeValue: false },
});

const SLOVENIAN = refusalWords(i18next.getFixedT('sl'), 'sl-SI');
const ENGLISH = refusalWords(i18next.getFixedT('en'), 'en-GB');

function problem(code: ProblemBody['code'], data: Record<string, unknown>, fields: WrongField[] = []): Problem {
  return new Problem({ type: '', title: '', status: 409, code, detail: 'never shown', next: '', fields, data });
}

function broken(code: WrongField['code'], data: Record<string, unknown>): WrongField {
  return { field: 'title', code, detail: 'never shown', next: '', data };
}

test('a rule is worded by its code, with its numbers in the forms of the language', () => {
  const rules = [301, 302, 303, 305].map((length) => broken('text_too_long', { length, longest: 300 }));
  assert.deepEqual(
    rules.map((one) => SLOVENIAN.ofRule(one).detail),
    [
      'Besedilo ima 301 znak; dovoljenih je največ 300.',
      'Besedilo ima 302 znaka; dovoljenih je največ 300.',
      'Besedilo ima 303 znake; dovoljenih je največ 300.',
      'Besedilo ima 305 znakov; dovoljenih je največ 300.',
    ],
  );
  assert.equal(ENGLISH.ofRule(broken('draft_too_long', { longest: 50000 })).detail.includes('50,000 characters'), true);
});

test('a problem with fields is worded by the rule that the first one breaks', () => {
  const told = problem('invalid_input', {}, [broken('session_too_long', { hours: 24 })]);
  assert.equal(ENGLISH.ofProblem(told).detail, 'A session lasts at most 24 hours.');
});

test('a code among the data chooses the text, and an unknown one falls back', () => {
  const needed = (need: string) =>
    SLOVENIAN.ofProblem(problem('connection_needed', { consultant: 'Ana', need, label: 'Meet' }));
  assert.match(needed('needs_reconnecting').detail, /^Ana mora znova povezati račun Meet/);
  assert.match(needed('unheard_of').detail, /^Ana nima delujoče povezave/);
});

test('times are shown in the zone of the viewer, and waits as durations', () => {
  const taken = problem('slot_taken', {
    consultant: 'Ana',
    starts_at: '2027-03-29T07:00:00Z',
    ends_at: '2027-03-29T07:50:00Z',
  });
  const { detail } = ENGLISH.ofProblem(taken);
  assert.match(detail, /29 March 2027/);
  assert.doesNotMatch(detail, /T07:00/);
  const wait = (seconds: number) => SLOVENIAN.ofProblem(problem('too_busy', { retry_after: seconds })).next;
  assert.deepEqual([1, 2, 30, 170].map(wait), [
    'Poskusite znova čez 1 sekundo.',
    'Poskusite znova čez 2 sekundi.',
    'Poskusite znova čez 30 sekund.',
    'Poskusite znova čez 3 minute.',
  ]);
});
