import { type Command } from 'commander';
import { z } from 'zod';
import { encoded } from '../admin-client.js';
import { operate, withSharedOptions } from '../command.js';
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
    operate(async ({ call }, { print }, [user, options]) => {
      const userId = z.string().parse(user);
      const query = pageQuery(options);
      const found = page.parse(
        await call({ method: 'GET', path: `/admin/users/${encoded(userId)}/timeline?${query}` }),
      );
      print(found, () =>
        found.items.length === 0
          ? `Nothing is known of ${userId}`
          : [
              table(
                ['at', 'what', 'facts', 'told', 'request'],
                found.items.map(({ at, what, facts, notice = '', correlationId }) => [
                  at,
                  what,
                  shown(facts),
                  notice,
                  correlationId,
                ]),
              ),
              ...(found.nextCursor === null ? [] : [`More: --cursor ${found.nextCursor}`]),
            ].join('\n'),
      );
      return 'done';
    }),
  );
};
