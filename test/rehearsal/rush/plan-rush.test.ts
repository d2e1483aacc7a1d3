import { planRush } from '../../../src/rehearsal/rush/plan-rush.js';

test('everybody asks once, and a share of them twice: half repeating the request, half with a new one', () => {
  const asks = planRush({ users: 1_000, duplicates: 0.2 });
  expect(asks).toHaveLength(1_200);
  expect(new Set(asks.map(({ userId }) => userId)).size).toBe(1_000);
  expect(new Set(asks.map(({ requestId }) => requestId)).size).toBe(1_100);
});

test('two rehearsals never share a request', () => {
  const [one, other] = [planRush({ users: 50, duplicates: 0 }), planRush({ users: 50, duplicates: 0 })];
  expect(new Set([...one, ...other].map(({ requestId }) => requestId)).size).toBe(100);
});

test('nobody comes in the order of the list', () => {
  const asks = planRush({ users: 100, duplicates: 0 });
  expect(asks.map(({ userId }) => userId)).not.toEqual(asks.map((_, n) => `user-${n}`));
});
