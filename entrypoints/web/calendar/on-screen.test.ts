import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { slotOnScreen } from './on-screen.ts';

const HERE = 'Europe/Ljubljana';
const WEEK = { start: '2026-11-23T00:00:00+01:00', until: '2026-11-30T00:00:00+01:00' };

function startAt(present: string): number {
  mock.timers.enable({ apis: ['Date'], now: Date.parse(present) });
  try {
    return Date.parse(slotOnScreen(WEEK, HERE).start);
  } finally {
    mock.timers.reset();
  }
}

test('a new session begins at the next usual time, also where that is in the week after the shown one', () => {
  assert.equal(startAt('2026-11-25T10:10:00+01:00'), Date.parse('2026-11-25T10:30:00+01:00'));
  assert.equal(startAt('2026-11-29T20:51:00+01:00'), Date.parse('2026-11-30T09:00:00+01:00'));
});

test('in another week than the present one, it begins in the morning of its first working day', () => {
  assert.equal(startAt('2026-11-12T10:00:00+01:00'), Date.parse('2026-11-23T09:00:00+01:00'));
  assert.equal(startAt('2026-12-03T10:00:00+01:00'), Date.parse('2026-11-23T09:00:00+01:00'));
});
