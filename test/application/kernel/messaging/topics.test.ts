import { topics } from '../../../../src/application/kernel/messaging/topics.js';

const DAY = 86_400;
const all = topics(3);
const of = (name: string) => all.find((topic) => topic.name === name);

test('the data platform has a month to fetch what it wants, everybody else a week', () => {
  for (const { name, retentionSeconds } of all)
    expect([name, retentionSeconds / DAY]).toEqual([name, name === 'data-platform' ? 30 : 7]);
});

test.each([
  ['coupon-events', 3],
  ['order-events', 6],
  ['payment-events', 3],
  ['data-platform', 3],
])('what listeners hear on %s is spread over %d partitions', (name, partitions) =>
  expect(of(name)).toMatchObject({ partitions }),
);

test('commands are spread as the operator says', () => {
  const names = ['coupon-issue-requests', 'waiting-token', 'stock-requests'];
  for (const name of names) expect(topics(7).find((topic) => topic.name === name)).toMatchObject({ partitions: 7 });
});
