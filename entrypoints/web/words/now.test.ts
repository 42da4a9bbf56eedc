import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockAhead, learnServerTime, now } from './now.ts';

const DAY = 86_400_000;
const at = (milliseconds: number) => new Date(milliseconds).toUTCString();

test('a clock that is days off is put right by the server', () => {
  const browser = Date.now();
  learnServerTime(at(browser - 3 * DAY), browser - 50, browser);
  assert.ok(Math.abs(clockAhead() - 3 * DAY) < 2000);
  assert.ok(Math.abs(now() - (Date.now() - 3 * DAY)) < 2000);
});

test('a clock that is right again is trusted again, and a small difference is none', () => {
  learnServerTime(at(Date.now() - 60_000), Date.now());
  assert.equal(clockAhead(), 0);
});

test('an answer that slept with the machine says nothing, nor does one without a date', () => {
  learnServerTime(at(Date.now() - DAY), Date.now() - DAY);
  learnServerTime(null, Date.now());
  learnServerTime('yesterday', Date.now());
  assert.equal(clockAhead(), 0);
});
