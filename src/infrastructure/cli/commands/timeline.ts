import { type Command } from 'commander';
import { z } from 'zod';
import { encoded } from '../admin-client.js';
import { listing } from '../paging.js';

const happened = z.looseObject({
  at: z.string(),
  what: z.string(),
  facts: z.record(z.string(), z.unknown()),
  notice: z.string().optional(),
  correlationId: z.string(),
});

/** Facts as `name=value`, without what is a list of things. */
const shown = (facts: Readonly<Record<string, unknown>>): string =>
  Object.entries(facts)
    .flatMap(([name, value]) => (typeof value === 'object' ? [] : [`${name}=${String(value)}`]))
    .join('\n');

/** `timeline USER`: everything that happened to one user, from the queue to the delivery. */
export const timelineCommand = (program: Command): void => {
  const timeline = program
    .command('timeline <user>')
    .description('everything that happened to a user, from the queue to the delivery, oldest first');
  listing(timeline, {
    path: (userId) => `/admin/users/${encoded(userId)}/timeline`,
    item: happened,
    head: ['at', 'what', 'facts', 'told', 'request'],
    row: ({ at, what, facts, notice = '', correlationId }) => [at, what, shown(facts), notice, correlationId],
    none: (userId) => `Nothing is known of ${userId}`,
    usual: 100,
  });
};
