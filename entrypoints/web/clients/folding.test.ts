import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matches, sameName } from './folding.ts';

test('a name matches as people write it', () => {
  for (const typed of ['ziga', 'sustar', 'SUS zi', 'Šuštar, Žiga']) assert.ok(matches(typed, 'Žiga Šuštar'), typed);
  assert.ok(matches('oneill', 'O’Neill'));
  assert.ok(matches('o`neill', "O'Neill"));
  assert.ok(matches('dorde lukasz', 'Đorđe Łukasz'));
  assert.ok(!matches('ziga novak', 'Žiga Šuštar'));
});

test('a name is the same in any order of its words', () => {
  assert.ok(sameName('sustar žiga', 'Žiga Šuštar'));
  assert.ok(sameName('Šuštar, Žiga', 'Žiga Šuštar'));
  assert.ok(!sameName('Žiga', 'Žiga Šuštar'));
});
