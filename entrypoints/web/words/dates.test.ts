import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slotText } from './dates.ts';

const year = new Date().getFullYear();
const ZONE = 'Europe/Ljubljana';

test('a time of another year names it, one of this year does not', () => {
  for (const locale of ['en-GB', 'sl-SI', 'en-US']) {
    const now = slotText(`${year}-06-01T09:00:00Z`, `${year}-06-01T09:50:00Z`, ZONE, locale);
    assert.ok(!now.includes(String(year)), now);
    for (const other of [year - 1, year + 1]) {
      const then = slotText(`${other}-06-01T09:00:00Z`, `${other}-06-01T09:50:00Z`, ZONE, locale);
      assert.ok(then.includes(String(other)), then);
      assert.ok(then.includes('11:00') && then.includes('11:50'), then);
    }
  }
});

test('the night into another year names the year', () => {
  const text = slotText(`${year}-12-31T22:30:00Z`, `${year}-12-31T23:30:00Z`, ZONE, 'en-GB');
  assert.ok(text.includes(String(year + 1)), text);
});
