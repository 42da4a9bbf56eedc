import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inLanguage, learnSentences } from './sentences.ts';

learnSentences('xx', {
  '{{label}} could not finish: {{reason}}': 'Ni uspelo ({{label}}): {{reason}}',
  'it does not answer.': 'ne odgovarja.',
  'The text has {{1}} characters; {{2}} fit.': '{{2}} je prostora za {{1}}.',
});

test('values move to where the other language wants them', () => {
  assert.equal(inLanguage('xx', 'The text has 301 characters; 300 fit.'), '300 je prostora za 301.');
});

test('a phrase that is put in is translated too', () => {
  assert.equal(inLanguage('xx', 'Meet could not finish: it does not answer.'), 'Ni uspelo (Meet): ne odgovarja.');
});

test('what nobody translated stays as it is', () => {
  assert.equal(inLanguage('xx', 'Something new.'), 'Something new.');
  assert.equal(inLanguage('en', 'it does not answer.'), 'it does not answer.');
});
