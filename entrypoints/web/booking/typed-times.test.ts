import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instantsOf, type WallSlot } from './times.ts';
import { endTyped, startTyped } from './typed-times.ts';

const SLOT: WallSlot = { date: '2027-03-29', start: '09:00', end: '09:50', zone: 'Europe/Ljubljana' };

const times = (found: ReturnType<typeof endTyped>) => {
  if ('wrong' in found) return found.wrong;
  const { starts_at, ends_at } = instantsOf(found.read);
  return [starts_at, ends_at].map((one) => one.slice(5, 16)).join(' ');
};

test('24:00 ends a day and begins none', () => {
  for (const text of ['24:00', '24', '24h', '24.00']) {
    assert.equal(times(endTyped(SLOT, text, 'sl-SI')), '03-29T09:00 03-30T00:00', text);
    assert.equal(times(startTyped(SLOT, text, 'sl-SI')), 'end_of_day', text);
  }
  const whole = endTyped({ ...SLOT, start: '00:00' }, '24:00', 'en-GB');
  assert.equal(times(whole), '03-29T00:00 03-30T00:00');
});

test('an end that is typed after 24:00 is on the same day again', () => {
  const midnight = endTyped(SLOT, '24:00', 'en-GB');
  assert.ok('read' in midnight);
  assert.equal(times(endTyped(midnight.read, '10:30', 'en-GB')), '03-29T09:00 03-29T10:30');
});

test('a length that is typed as the end begins at the start', () => {
  for (const text of ['90 min', '1,5 h', '1h30']) {
    assert.equal(times(endTyped(SLOT, text, 'sl-SI')), '03-29T09:00 03-29T10:30', text);
  }
  assert.equal(times(endTyped(SLOT, '1h', 'en-GB')), '03-29T09:00 03-29T10:00');
  assert.equal(times(endTyped({ ...SLOT, start: '23:30' }, '1h', 'en-GB')), '03-29T23:30 03-30T00:30');
  assert.equal(times(endTyped(SLOT, '14h', 'en-GB')), '03-29T09:00 03-29T14:00');
  assert.equal(times(endTyped(SLOT, '30 hours', 'en-GB')), 'too_long');
  assert.equal(times(endTyped(SLOT, 'soon', 'en-GB')), 'unreadable');
});

test('a length lasts as long over a change of the clocks', () => {
  const short = { ...SLOT, date: '2027-03-28', start: '01:30', end: '01:45' };
  assert.equal(times(endTyped(short, '1h', 'sl-SI')), '03-28T01:30 03-28T03:30');
});

test('a length is no start', () => {
  assert.equal(times(startTyped(SLOT, '1h', 'en-GB')), 'length');
  assert.equal(times(startTyped(SLOT, '10:30', 'en-GB')), '03-29T10:30 03-29T11:20');
});
