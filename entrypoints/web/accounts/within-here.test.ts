import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withinHere } from './within-here.ts';

const HERE = 'https://calendra.example';

test('a path of ours is gone on to, with its query', () => {
  assert.equal(withinHere('/sessions?only=at_risk', HERE), '/sessions?only=at_risk');
  assert.equal(withinHere('/connect/a.b', HERE), '/connect/a.b');
});

test('everything else leads to the calendar', () => {
  const elsewhere = [
    null,
    '',
    'sessions',
    'https://evil.example',
    'https:evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/x/..//evil.example',
    '/%2e//evil.example',
    '/.\\/evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '//calendra.example@evil.example',
    '//evil.example#https://calendra.example',
  ];
  for (const next of elsewhere) assert.equal(withinHere(next, HERE), '/', String(next));
});

test('an encoded slash stays a part of the path', () => {
  assert.equal(withinHere('/%2f%2fevil.example', HERE), '/%2f%2fevil.example');
  assert.equal(withinHere('/%5cevil.example', HERE), '/%5cevil.example');
});
