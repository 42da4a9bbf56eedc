import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleaned } from './address.ts';

const ID = '0b8a4a8e-4a52-4c3e-9d1e-0f2f5a3c7b11';
const clean = (search: string) => cleaned(new URLSearchParams(search))?.toString() ?? null;

test('what the page itself writes stays as it is', () => {
  for (const search of [
    '',
    `session=${ID}&draft=${ID}`,
    `draft=${ID}&start=2027-03-29T09:00:00%2B02:00&end=2027-03-29T09:50:00%2B02:00&consultant=${ID}`,
    `view=week&on=2026-12-09&with=${ID}+${ID}&cancelled=shown&show=${ID}`,
    'view=list&without=',
    `when=past&further=3&find=anything at all&only=at_risk&consultant=${ID}`,
    'find=Eva&archived=true',
    'something=else',
  ]) {
    assert.equal(clean(search), null, search);
  }
});

test('nonsense goes, and the rest stays', () => {
  assert.equal(clean(`draft=${ID}&consultant=undefined`), `draft=${ID}`);
  assert.equal(clean('view=year&on=2026-12-09'), 'on=2026-12-09');
  for (const wrong of ['on=2026-02-30', 'on=soon', 'with=null', 'session=1', 'further=-1', 'only=x', 'cancelled=0']) {
    assert.equal(clean(wrong), '', wrong);
  }
});

test('a start without a later end is none', () => {
  assert.equal(clean(`draft=${ID}&start=2027-03-29T09:00:00Z`), `draft=${ID}`);
  assert.equal(clean('end=2027-03-29T09:00:00Z'), '');
  assert.equal(clean('start=2027-03-29T09:00:00Z&end=2027-03-29T08:00:00Z'), '');
  assert.equal(clean('start=2027-03-29T09:00:00Z&end=x'), '');
});
