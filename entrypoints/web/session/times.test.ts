import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  comesTwice,
  daysLater,
  instantsOf,
  insteadOf,
  minutesBetween,
  nextUsualSlot,
  readTime,
  sameClock,
  timeAfter,
  wallSlot,
} from './times.ts';

const HERE = 'Europe/Ljubljana';

test('a wall time means the instant that the zone gives it, in winter and in summer', () => {
  const winter = instantsOf({ date: '2027-03-26', start: '09:00', end: '09:50', zone: HERE });
  assert.deepEqual(winter, { starts_at: '2027-03-26T09:00:00+01:00', ends_at: '2027-03-26T09:50:00+01:00' });
  const summer = instantsOf({ date: '2027-03-29', start: '09:00', end: '09:50', zone: HERE });
  assert.equal(summer.starts_at, '2027-03-29T09:00:00+02:00');
});

test('an end before the start lies on the next day', () => {
  const night = instantsOf({ date: '2027-01-31', start: '23:30', end: '00:20', zone: HERE });
  assert.equal(night.ends_at, '2027-02-01T00:20:00+01:00');
});

test('an hour that the clocks skip is told, and what is meant instead', () => {
  assert.equal(insteadOf('2027-03-28', '02:30', HERE), '03:30');
  assert.equal(insteadOf('2027-03-28', '03:30', HERE), null);
});

test('an hour that comes twice is told, and the first one is meant', () => {
  assert.equal(comesTwice('2027-10-31', '02:30', HERE), true);
  assert.equal(comesTwice('2027-10-31', '03:30', HERE), false);
  const first = instantsOf({ date: '2027-10-31', start: '02:30', end: '02:45', zone: HERE });
  assert.equal(first.starts_at, '2027-10-31T02:30:00+02:00');
});

test('what is read from instants is what was written', () => {
  const slot = { date: '2027-07-01', start: '14:05', end: '15:00', zone: 'America/New_York' };
  const { starts_at, ends_at } = instantsOf(slot);
  assert.deepEqual(wallSlot(starts_at, ends_at, slot.zone), slot);
});

test('a day later is the same time on the clock, also when the day has 23 hours', () => {
  assert.equal(daysLater('2027-03-27T09:00:00+01:00', 1, HERE), '2027-03-28T09:00:00+02:00');
});

test('times are read as people type them', () => {
  const typed = {
    '9': '09:00',
    '930': '09:30',
    '9:30': '09:30',
    '9.30': '09:30',
    '14h': '14:00',
    '3pm': '15:00',
    '12 am': '00:00',
  };
  for (const [text, time] of Object.entries(typed)) assert.equal(readTime(text), time, text);
  for (const text of ['', 'x', '25', '9:75', '13pm', '-1']) assert.equal(readTime(text), null, text);
});

test('lengths go over midnight', () => {
  assert.equal(minutesBetween('23:30', '00:20'), 50);
  assert.equal(timeAfter('23:30', 50), '00:20');
});

test('a new session begins within working hours', () => {
  const slot = nextUsualSlot(HERE);
  assert.ok(slot.start >= '08:00' && slot.start < '20:00', slot.start);
  assert.equal(minutesBetween(slot.start, slot.end), 50);
});

test('zones are compared by their clocks', () => {
  assert.equal(sameClock('Europe/Ljubljana', 'Europe/Vienna', '2027-06-01T00:00:00Z'), true);
  assert.equal(sameClock('Europe/Ljubljana', 'Europe/London', '2027-06-01T00:00:00Z'), false);
});
