import assert from 'node:assert/strict';
import { test } from 'node:test';
import { piecesOf } from './header-pieces.ts';

const SUNDAY = new Date('2026-11-29T12:00Z');

test('the pieces of a header are what the platform writes', () => {
  const written = { 'sl-SI': ['ned.,', '29.'], 'en-GB': ['Sun', '29'], 'de-DE': ['So.,', '29.'] };
  for (const [locale, texts] of Object.entries(written)) {
    const format = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', timeZone: 'UTC' });
    const pieces = piecesOf(format.formatToParts(SUNDAY));
    const whole = format.format(SUNDAY);
    assert.deepEqual(pieces.map((one) => one.text).join(' '), whole.replace(/\s+/g, ' '), locale);
    assert.deepEqual(pieces.map((one) => one.text).slice(0, 1), texts.slice(0, 1), locale);
    assert.equal(pieces.find((one) => one.isDay)?.text, texts[1], locale);
  }
});
