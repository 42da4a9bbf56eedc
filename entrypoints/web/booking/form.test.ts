import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Draft } from '../api/types.ts';
import { bodyOfForm, differing, editBody, type Form, withDraft } from './form.ts';
import { contested, merged, take, undecided } from './merge.ts';
import { wallSlot } from './times.ts';

const EVA = { id: 'eva', name: 'Eva Bizjak', email: 'eva@example.org' };
const JAN = { id: 'jan', name: 'Jan Golob', email: 'jan@example.org' };
const FORM: Form = {
  consultantId: 'ana',
  clients: [EVA],
  slot: wallSlot('2027-03-29T09:00:00+02:00', '2027-03-29T09:50:00+02:00', 'Europe/Ljubljana'),
  title: 'First talk',
  notes: '',
  online: true,
  provider: 'meetings',
};

test('an edit sends only what differs', () => {
  assert.deepEqual(editBody(FORM, FORM), {});
  assert.deepEqual(editBody(FORM, { ...FORM, title: 'Second talk' }), { title: 'Second talk' });
  const moved = editBody(FORM, { ...FORM, slot: { ...FORM.slot, start: '10:00', end: '10:50' } });
  assert.deepEqual(moved, { starts_at: '2027-03-29T10:00:00+02:00', ends_at: '2027-03-29T10:50:00+02:00' });
  const longer = editBody(FORM, { ...FORM, slot: { ...FORM.slot, end: '10:30' } });
  assert.deepEqual(longer, { ends_at: '2027-03-29T10:30:00+02:00' });
  const elsewhere = editBody(FORM, { ...FORM, slot: { ...FORM.slot, zone: 'Europe/Vienna' } });
  assert.deepEqual(elsewhere, { zone: 'Europe/Vienna' });
});

test('switching online off clears the provider, and a provider that is not used differs from nothing', () => {
  assert.deepEqual(editBody(FORM, { ...FORM, online: false }), { online: false });
  assert.equal(bodyOfForm({ ...FORM, online: false }).provider, null);
  assert.deepEqual(differing({ ...FORM, online: false, provider: null }, { ...FORM, online: false }), []);
});

test('switching online on names the provider', () => {
  const offline = { ...FORM, online: false, provider: null };
  assert.deepEqual(editBody(offline, FORM), { online: true, provider: 'meetings' });
});

test('an unfinished form lies over the session, nulls change nothing', () => {
  const kept = { title: 'Kept', notes: null, client_ids: ['jan'], starts_at: null } as unknown as Draft['form'];
  const draft: Draft = { id: 'd', saved_at: '', booking_id: 'b', form: kept };
  const form = withDraft(FORM, draft, [EVA, JAN]);
  assert.deepEqual(form, { ...FORM, title: 'Kept', clients: [JAN] });
});

test('an unfinished change of the end alone lies over the session', () => {
  const kept = { ends_at: '2027-03-29T10:30:00+02:00' } as unknown as Draft['form'];
  const form = withDraft(FORM, { id: 'd', saved_at: '', booking_id: 'b', form: kept }, []);
  assert.deepEqual(form.slot, { ...FORM.slot, end: '10:30' });
});

test('what only one of two changed is taken over without asking', () => {
  const mine = { ...FORM, title: 'Mine' };
  const theirs = { ...FORM, notes: 'Theirs' };
  assert.deepEqual(contested(FORM, mine, theirs), []);
  assert.deepEqual(merged(FORM, mine, theirs), { ...FORM, title: 'Mine', notes: 'Theirs' });
});

test('what both changed differently has to be chosen, and stays mine until then', () => {
  const mine = { ...FORM, title: 'Mine' };
  const theirs = { ...FORM, title: 'Theirs' };
  assert.deepEqual(contested(FORM, mine, theirs), ['title']);
  assert.equal(merged(FORM, mine, theirs).title, 'Mine');
  assert.equal(take(mine, theirs, ['title']).title, 'Theirs');
  assert.deepEqual(contested(FORM, mine, mine), []);
});

test('a choice that was not made stays open when yet another version comes', () => {
  const mine = { ...FORM, title: 'Mine' };
  const theirs = { ...FORM, title: 'Theirs' };
  const later = { ...theirs, notes: 'More of theirs' };
  assert.deepEqual(undecided(theirs, mine, later, ['title']), ['title']);
  assert.deepEqual(undecided(theirs, mine, later, []), []);
  assert.deepEqual(undecided(theirs, mine, { ...later, title: 'Mine' }, ['title']), []);
});
