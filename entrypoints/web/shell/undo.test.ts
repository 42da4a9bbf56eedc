import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepUnderWay, undoable, undoLast } from './undo.ts';

test('a step is taken back once', () => {
  let count = 0;
  undoable(() => {
    count += 1;
  });
  assert.equal(undoLast(), true);
  assert.equal(undoLast(), false);
  assert.equal(count, 1);
});

test('what is asked for while a step is saved waits for it, and takes that step back', () => {
  const taken: string[] = [];
  undoable(() => taken.push('earlier'));
  const end = stepUnderWay();
  assert.equal(undoLast(), true);
  assert.equal(undoLast(), true);
  assert.deepEqual(taken, []);
  undoable(() => taken.push('this'));
  end(true);
  assert.deepEqual(taken, ['this']);
});

test('a step that fails is not taken back, and neither is the one before it', () => {
  const taken: string[] = [];
  undoable(() => taken.push('earlier'));
  const end = stepUnderWay();
  undoLast();
  end(false);
  assert.deepEqual(taken, []);
  undoLast();
  assert.deepEqual(taken, ['earlier']);
});
