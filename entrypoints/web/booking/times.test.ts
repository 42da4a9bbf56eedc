import assert from 'node:assert/strict';
import { test } from 'node:test';
import { momentText } from '../words/dates.ts';
import { showableZone, substituteZones } from '../words/zone.ts';
import {
  comesTwice,
  daysLater,
  endingAt,
  instantsOf,
  insteadOf,
  lengthOf,
  nextUsualSlot,
  offsetsAt,
  sameClock,
  startingAt,
  viewersZone,
  wallSlot,
} from './times.ts';

const HERE = 'Europe/Ljubljana';
const PLAIN = { endsNextDay: false, startFold: 0, endFold: 0 };

test('a wall time means the instant that the zone gives it, in winter and in summer', () => {
  const winter = instantsOf({ date: '2027-03-26', start: '09:00', end: '09:50', zone: HERE });
  assert.deepEqual(winter, { starts_at: '2027-03-26T09:00:00+01:00', ends_at: '2027-03-26T09:50:00+01:00' });
  const summer = instantsOf({ date: '2027-03-29', start: '09:00', end: '09:50', zone: HERE });
  assert.equal(summer.starts_at, '2027-03-29T09:00:00+02:00');
});

test('an end lies on the next day where that was said, and is never taken there', () => {
  const slot = { date: '2027-01-31', start: '23:30', end: '00:20', zone: HERE };
  assert.equal(instantsOf({ ...slot, endsNextDay: true }).ends_at, '2027-02-01T00:20:00+01:00');
  assert.equal(lengthOf({ ...slot, endsNextDay: true }), 50);
  assert.equal(lengthOf(slot), -23 * 60 - 10);
});

test('an hour that the clocks skip is told, and what is meant instead', () => {
  assert.equal(insteadOf('2027-03-28', '02:30', HERE), '03:30');
  assert.equal(insteadOf('2027-03-28', '03:30', HERE), null);
});

test('of an hour that comes twice either one can be meant', () => {
  assert.deepEqual(offsetsAt('2027-10-31', '02:30', HERE), ['+02:00', '+01:00']);
  assert.equal(comesTwice('2027-10-31', '03:30', HERE), false);
  assert.equal(comesTwice('2027-03-28', '02:30', HERE), false);
  const slot = { date: '2027-10-31', start: '02:30', end: '02:45', zone: HERE };
  assert.equal(instantsOf(slot).starts_at, '2027-10-31T02:30:00+02:00');
  assert.equal(instantsOf({ ...slot, startFold: 1, endFold: 1 }).starts_at, '2027-10-31T02:30:00+01:00');
});

test('the second of two equal hours is read from its instant', () => {
  const slot = wallSlot('2027-10-31T01:30:00Z', '2027-10-31T02:30:00Z', HERE);
  assert.deepEqual(slot, { ...PLAIN, date: '2027-10-31', start: '02:30', end: '03:30', zone: HERE, startFold: 1 });
  assert.equal(instantsOf(slot).starts_at, '2027-10-31T02:30:00+01:00');
});

test('an end within the doubled hour is the first one after the start', () => {
  const slot = { date: '2027-10-31', start: '02:30', end: '03:30', zone: HERE, startFold: 1 } as const;
  assert.equal(instantsOf(endingAt(slot, '02:45')).ends_at, '2027-10-31T02:45:00+01:00');
  assert.equal(instantsOf(endingAt({ ...slot, startFold: 0 }, '02:15')).ends_at, '2027-10-31T02:15:00+01:00');
  assert.equal(instantsOf(endingAt({ ...slot, startFold: 0 }, '02:45')).ends_at, '2027-10-31T02:45:00+02:00');
});

test('another start keeps the length, over midnight and over a change of the clocks', () => {
  const slot = { date: '2027-10-30', start: '23:00', end: '23:50', zone: HERE };
  const night = startingAt(slot, '23:30');
  assert.deepEqual([night.end, night.endsNextDay, lengthOf(night)], ['00:20', true, 50]);
  const doubled = startingAt({ ...slot, date: '2027-10-31', start: '01:00', end: '01:50' }, '02:30');
  assert.deepEqual([doubled.end, doubled.endFold, lengthOf(doubled)], ['02:20', 1, 50]);
  const skipped = startingAt({ ...slot, date: '2027-03-28', start: '01:00', end: '01:50' }, '02:30');
  assert.deepEqual([skipped.start, skipped.end, lengthOf(skipped)], ['02:30', '04:20', 50]);
});

test('another end stays on the next day where it was', () => {
  const slot = { date: '2027-01-31', start: '23:30', end: '00:20', zone: HERE };
  assert.equal(endingAt({ ...slot, endsNextDay: true }, '00:45').endsNextDay, true);
  assert.equal(endingAt({ ...slot, endsNextDay: true }, '23:45').endsNextDay, false);
  assert.equal(lengthOf(endingAt(slot, '00:45')) < 0, true);
});

test('a zone that the browser does not know is shown in the one that it has', () => {
  substituteZones(['Mars/Olympus', 'Asia/Tokyo']);
  const instant = '2027-03-29T07:00:00Z';
  const own = viewersZone();
  assert.equal(showableZone('Mars/Olympus'), own);
  assert.equal(wallSlot(instant, instant, 'Mars/Olympus').zone, own);
  assert.ok(momentText(instant, 'Mars/Olympus', 'en-GB'));
});

test('what is read from instants is what was written', () => {
  const slot = { date: '2027-07-01', start: '14:05', end: '15:00', zone: 'America/New_York' };
  const { starts_at, ends_at } = instantsOf(slot);
  assert.deepEqual(wallSlot(starts_at, ends_at, slot.zone), { ...PLAIN, ...slot });
});

test('a day later is the same time on the clock, also when the day has 23 hours', () => {
  assert.equal(daysLater('2027-03-27T09:00:00+01:00', 1, HERE), '2027-03-28T09:00:00+02:00');
});

test('a new session begins within working hours', () => {
  const slot = nextUsualSlot(HERE);
  assert.ok(slot.start >= '08:00' && slot.start < '20:00', slot.start);
  assert.equal(lengthOf(slot), 50);
});

test('zones are compared by their clocks', () => {
  assert.equal(sameClock('Europe/Ljubljana', 'Europe/Vienna', '2027-06-01T00:00:00Z'), true);
  assert.equal(sameClock('Europe/Ljubljana', 'Europe/London', '2027-06-01T00:00:00Z'), false);
});
