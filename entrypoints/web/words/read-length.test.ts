import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLength } from './read-length.ts';

test('lengths are read as people type them, in both languages', () => {
  const typed = {
    '1h': 60,
    '1 h': 60,
    '6h': 360,
    '90 min': 90,
    '90min.': 90,
    '50m': 50,
    '1,5 h': 90,
    '1.5h': 90,
    '0,75 h': 45,
    '10,5 h': 630,
    '1h30': 90,
    '1 h 30 min': 90,
    '24 h 15 min': 1455,
    '2 hours': 120,
    '1 hour 15 minutes': 75,
    '30 hours': 1800,
    '1 uro': 60,
    '2 uri': 120,
    '3 ure': 180,
    '8 ur': 480,
    '45 minut': 45,
  };
  for (const [text, minutes] of Object.entries(typed)) assert.equal(readLength(text), minutes, text);
});

test('times of day are no lengths', () => {
  for (const text of ['', 'h', 'x', '9', '930', '9:30', '14h', '7h', '9h30', '14.30 h', '9.30 uhr', '3pm', '24h']) {
    assert.equal(readLength(text), null, text);
  }
});
