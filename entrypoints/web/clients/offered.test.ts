import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '../api/types';
import { joined, narrowed } from './offered.ts';

const client = (id: string, name: string): Client => ({ id, name, email: '', phone: '' }) as Client;
const [ana, angelika, zhou] = [client('1', 'Ana'), client('2', 'Angelika'), client('3', 'Zhou An')];

test('typing on narrows at once and moves nothing', () => {
  assert.deepEqual(narrowed([angelika, ana, zhou], 'an'), [angelika, ana, zhou]);
  assert.deepEqual(narrowed([angelika, ana, zhou], 'ang'), [angelika]);
});

test('a late answer adds at the end and leaves every row in its place', () => {
  assert.deepEqual(joined([angelika, ana], 'an', [zhou, ana, angelika]), [angelika, ana, zhou]);
  assert.deepEqual(joined([], 'an', [ana, zhou]), [ana, zhou]);
  assert.deepEqual(joined([client('9', 'Eva'), ana], 'an', [ana]), [ana]);
});
