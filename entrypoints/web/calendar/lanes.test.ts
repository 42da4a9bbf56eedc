import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayLayout, hasShortBeside } from './lanes.ts';

const RAIL = 76;
const HOURS = 80;

test('from a window of 1024 pixels on seven days fit, however many sessions lie beside each other', () => {
  for (const window of [1024, 1280, 1440, 1920]) {
    for (const atOnce of [0, 1, 2, 3, 9]) {
      const { width } = dayLayout(atOnce, window - RAIL, 7);
      assert.ok(7 * width + HOURS <= window - RAIL, `${window}: ${width}`);
    }
  }
});

test('as many lie beside each other as have room, the others behind a number', () => {
  assert.deepEqual(dayLayout(2, 1024 - RAIL, 7), { width: 124, lanes: 2, crowded: false });
  assert.deepEqual(dayLayout(3, 1024 - RAIL, 7), { width: 124, lanes: 1, crowded: true });
  assert.deepEqual(dayLayout(3, 1280 - RAIL, 7), { width: 160, lanes: 2, crowded: true });
  assert.deepEqual(dayLayout(3, 1440 - RAIL, 7), { width: 183, lanes: 3, crowded: false });
});

test('in a smaller window the days keep a width to be read, and are scrolled', () => {
  assert.deepEqual(dayLayout(1, 390, 7), { width: 124, lanes: 3, crowded: false });
  assert.deepEqual(dayLayout(3, 390, 7), { width: 270, lanes: 3, crowded: false });
  assert.deepEqual(dayLayout(9, 390, 7), { width: 360, lanes: 3, crowded: true });
});

test('where a session with room for one line lies beside another, the lanes are wide enough for it', () => {
  const at = (start: string, end: string) => ({
    starts_at: `2026-12-02T${start}:00Z`,
    ends_at: `2026-12-02T${end}:00Z`,
  });
  const long = at('09:00', '09:50');
  assert.equal(hasShortBeside([long, at('09:30', '09:45')], 25, 15), true);
  assert.equal(hasShortBeside([long, at('10:00', '10:15')], 25, 15), false);
  assert.equal(hasShortBeside([long, at('09:30', '10:00')], 25, 15), false);
  assert.deepEqual(dayLayout(2, 1024 - RAIL, 7, 73), { width: 124, lanes: 1, crowded: true });
  assert.deepEqual(dayLayout(9, 1440 - RAIL, 7, 73), { width: 183, lanes: 2, crowded: true });
});
