import { type Command } from 'commander';
import { z } from 'zod';
import { encoded } from '../admin-client.js';
import { ask, withSharedOptions } from '../command.js';
import { pageQuery, withPaging } from '../paging.js';
import { table } from '../terminal.js';

const page = z.object({
  items: z.array(
    z.looseObject({
      at: z.string(),
      what: z.string(),
      facts: z.record(z.string(), z.unknown()),
      notice: z.string().optional(),
      correlationId: z.string(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

/** Facts as `name=value`, without what is a list of things. */
const shown = (facts: Readonly<Record<string, unknown>>): string =>
  Object.entries(facts)
    .flatMap(([name, value]) => (typeof value === 'object' ? [] : [`${name}=${String(value)}`]))
    .join('\n');

/** `timeline USER`: everything that happened to one user, from the queue to the delivery. */
export const timelineCommand = (program: Command): void => {
  withSharedOptions(
    withPaging(
      program
        .command('timeline <user>')
        .description('everything that happened to a user, from the queue to the delivery, oldest first'),
      100,
      100,
    ),
  ).action(
    ask(
      page,
      (userId, options) => ({ method: 'GET', path: `/admin/users/${encoded(userId)}/timeline?${pageQuery(options)}` }),
      ({ items, nextCursor }, userId) => {
        if (items.length === 0) return `Nothing is known of ${String(userId)}`;
        const rows = items.map((one) => [one.at, one.what, shown(one.facts), one.notice ?? '', one.correlationId]);
        const more = nextCursor === null ? [] : [`More: --cursor ${nextCursor}`];
        return [table(['at', 'what', 'facts', 'told', 'request'], rows), ...more].join('\n');
      },
    ),
  );
};
