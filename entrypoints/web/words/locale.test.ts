import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstDayOfWeek, preferredLanguage, regionalLocale } from './locale.ts';

test('the region of the browser is kept where it speaks the language', () => {
  assert.equal(regionalLocale('en', ['sl-SI', 'en-US', 'en-GB']), 'en-US');
  assert.equal(regionalLocale('sl', ['en-US']), 'sl-SI');
  assert.equal(regionalLocale('en', ['en', 'de-DE']), 'en-GB');
});

test('no tag of a browser is passed on to a formatter that would not take it', () => {
  const odd = [['xx-INVALID'], ['C'], ['C.UTF-8'], [''], ['*'], ['en-'], ['en_'], ['x-private'], [], undefined];
  for (const tags of odd) assert.equal(regionalLocale('en', tags), 'en-GB', String(tags));
  assert.equal(regionalLocale('en', ['en-US@posix']), 'en-US');
  assert.equal(regionalLocale('en', ['en_US.UTF-8']), 'en-US');
});

test('dates stay in the calendar and in the digits that are kept and read', () => {
  for (const tag of ['en-TH', 'en-SA', 'en-AE', 'en-US-u-nu-arab-ca-buddhist', 'en-IR', 'en-AF']) {
    const { calendar, numberingSystem } = new Intl.DateTimeFormat(regionalLocale('en', [tag])).resolvedOptions();
    assert.deepEqual([calendar, numberingSystem], ['gregory', 'latn'], tag);
  }
});

test('the first language that is offered and asked for', () => {
  assert.equal(preferredLanguage(['en', 'sl'], ['C', 'de-DE', 'sl-SI', 'en-GB']), 'sl');
  assert.equal(preferredLanguage(['en', 'sl'], ['xx-INVALID']), null);
  assert.equal(preferredLanguage(['en', 'sl'], undefined), null);
});

test('weeks begin as the region has it', () => {
  assert.deepEqual(['en-US', 'en-GB', 'sl-SI'].map(firstDayOfWeek), [0, 1, 1]);
});
