import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeFieldText } from './dates.ts';
import { readTime } from './read-time.ts';

const read = (text: string, locale = 'en-GB') => {
  const found = readTime(text, locale);
  return 'read' in found ? found.read : found.wrong;
};

test('times are read as people type them', () => {
  const typed = {
    '9': '09:00',
    '930': '09:30',
    '1430': '14:30',
    '9:30': '09:30',
    '9.30': '09:30',
    '9h30': '09:30',
    '14h': '14:00',
    '14.30 h': '14:30',
    '3pm': '15:00',
    '3 p.m.': '15:00',
    '3:15p': '15:15',
    '12 am': '00:00',
    '12:30 PM': '12:30',
    '24:00': '24:00',
  };
  for (const [text, time] of Object.entries(typed)) assert.equal(read(text), time, text);
  assert.equal(read('9.30 Uhr', 'de-DE'), '09:30');
  assert.equal(read('3:30 pop.', 'sl-SI'), '15:30');
});

test('what is no time is never one', () => {
  assert.equal(read(''), 'empty');
  const typed = ['x', '25', '25:99', '9:75', '13pm', '-1', '9:3', '9:30:', '9:30 xx', '24:30', '12345', '9 12 2026'];
  for (const text of typed) assert.equal(read(text), 'unreadable', text);
});

test('whatever a page can show is read as the time that it shows', () => {
  const locales = ['en-GB', 'en-US', 'en-AU', 'en-CA', 'en-IN', 'sl-SI', 'de-DE'];
  for (const locale of locales) {
    for (const hourCycle of ['h11', 'h12', 'h23', undefined] as const) {
      for (const hour of ['numeric', '2-digit'] as const) {
        const form = { hour, minute: '2-digit', hourCycle, timeZone: 'UTC' } as const;
        const format = new Intl.DateTimeFormat(locale, form);
        for (let minute = 0; minute < 24 * 60; minute += 15) {
          const time = new Date(minute * 60_000).toISOString().slice(11, 16);
          for (const text of [format.format(minute * 60_000), timeFieldText(time, locale)]) {
            assert.equal(read(text, locale), time, `${text} in ${locale}`);
          }
        }
      }
    }
  }
});
