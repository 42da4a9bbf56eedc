import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstDayFrom, firstMinute } from './first-look.ts';

const WEEK = { start: '2026-11-30T00:00:00+01:00', until: '2026-12-07T00:00:00+01:00' };
const at = (time: string) => ({ starts_at: `2026-12-02T${time}:00+01:00` });
const look = (now: string, ...sessions: { starts_at: string }[]) =>
  firstMinute({ sessions, range: WEEK, zone: 'Europe/Ljubljana', now });
const ANOTHER_WEEK = '2026-11-20T12:00:00+01:00';

test('an hour before now, or before the first session when that is earlier', () => {
  assert.equal(look('2026-12-02T14:20:00+01:00'), 13 * 60);
  assert.equal(look('2026-12-02T14:20:00+01:00', at('16:00')), 13 * 60);
  assert.equal(look('2026-12-02T14:20:00+01:00', at('16:00'), at('09:00')), 8 * 60 + 30);
});

test('in another week before the first session, in an empty one in the morning', () => {
  assert.equal(look(ANOTHER_WEEK, at('10:00')), 9 * 60 + 30);
  assert.equal(look(ANOTHER_WEEK, at('05:00')), 4 * 60 + 30);
  assert.equal(look(ANOTHER_WEEK, { starts_at: '2026-12-09T08:00:00+01:00' }), 7 * 60 + 30);
  assert.equal(look(ANOTHER_WEEK), 7 * 60 + 30);
});

test('at night the day is opened in the morning', () => {
  assert.equal(look('2026-12-02T03:00:00+01:00'), 7 * 60 + 30);
  assert.equal(look('2026-12-02T23:00:00+01:00', at('00:05')), 0);
});

test('the list begins with today, or the next day of sessions', () => {
  const days = ['2026-11-30', '2026-12-02', '2026-12-04'];
  assert.equal(firstDayFrom(days, '2026-12-02'), '2026-12-02');
  assert.equal(firstDayFrom(days, '2026-12-03'), '2026-12-04');
  assert.equal(firstDayFrom(days, '2026-12-05'), undefined);
});
