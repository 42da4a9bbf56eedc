import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withFormer } from './columns.ts';

const ana = { id: 'a', name: 'Ana', email: 'ana@example.com', zone: 'UTC', connections: [] };

test('a person whose account has ended keeps a column while sessions are assigned to them', () => {
  const sessions = [
    { consultant_id: 'a', consultant: 'Ana' },
    { consultant_id: 'p', consultant: 'Pia' },
    { consultant_id: 'p', consultant: 'Pia' },
  ];
  assert.deepEqual(
    withFormer([ana], sessions).map((one) => [one.id, one.name]),
    [
      ['a', 'Ana'],
      ['p', 'Pia'],
    ],
  );
});

test('without such sessions the list stays the same object', () => {
  const consultants = [ana];
  assert.equal(withFormer(consultants, [{ consultant_id: 'a', consultant: 'Ana' }]), consultants);
});
