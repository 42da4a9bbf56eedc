import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTooLong, lengthOfText } from './longest.ts';

test('characters are counted as the service counts them', () => {
  assert.equal(lengthOfText('title', '  Jog  '), 3);
  assert.equal(lengthOfText('notes', 'Jog \n'), 5);
  assert.equal(lengthOfText('title', 'Z\u030c'), 1);
  assert.equal(lengthOfText('title', '👍👍'), 2);
});

test('the last character that is allowed is allowed', () => {
  assert.equal(isTooLong('title', 'x'.repeat(300)), false);
  assert.equal(isTooLong('title', 'x'.repeat(301)), true);
});
