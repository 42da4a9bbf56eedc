import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endOffers, startOffers } from './offers.ts';
import { instantsOf } from './times.ts';
import { endsBeforeStart, warningsOf } from './warnings.ts';

const SLOT = { date: '2027-01-31', start: '10:00', end: '10:50', zone: 'Europe/Ljubljana' };
const length = (minutes: number) => `${minutes} min`;

test('an end is offered with its length, up to a day', () => {
  const offers = endOffers(SLOT, 'en-GB', length).map((one) => [one.text, ...one.notes].join(' · '));
  assert.deepEqual(offers.slice(0, 5), [
    '10:15 · 15 min',
    '10:30 · 30 min',
    '10:45 · 45 min',
    '10:50 · 50 min',
    '11:00 · 60 min',
  ]);
  assert.equal(offers.at(-1), '10:00 · 1440 min · Mon');
});

test('a start is offered for every quarter of an hour that the day has', () => {
  const count = (date: string) => startOffers({ ...SLOT, date }, 'en-GB').length;
  assert.deepEqual([count('2027-01-31'), count('2027-03-28'), count('2027-10-31')], [96, 92, 100]);
});

test('the hour that comes twice is offered twice, each with its offset', () => {
  const offers = startOffers({ ...SLOT, date: '2027-10-31' }, 'en-GB').filter((one) => one.text === '02:30');
  assert.deepEqual(
    offers.map((one) => one.notes),
    [['GMT+2'], ['GMT+1']],
  );
  const instants = offers.map((one) => instantsOf(one.slot).starts_at);
  assert.deepEqual(instants, ['2027-10-31T02:30:00+02:00', '2027-10-31T02:30:00+01:00']);
});

test('what may not be meant is warned of', () => {
  const soon = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  assert.deepEqual(warningsOf({ ...SLOT, date: soon }), []);
  assert.deepEqual(warningsOf({ ...SLOT, date: '2021-01-31' }), ['past']);
  assert.deepEqual(warningsOf({ ...SLOT, date: soon, end: '14:00' }), []);
  assert.deepEqual(warningsOf({ ...SLOT, date: soon, end: '14:01' }), ['long']);
  assert.deepEqual(warningsOf({ ...SLOT, date: '2150-01-31' }), ['far']);
  assert.equal(endsBeforeStart({ ...SLOT, end: '10:00' }), true);
  assert.equal(endsBeforeStart({ ...SLOT, end: '09:00', endsNextDay: true }), false);
});
