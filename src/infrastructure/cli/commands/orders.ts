import { type Command } from 'commander';
import { z } from 'zod';
import { encoded } from '../admin-client.js';
import { operate, withSharedOptions } from '../command.js';
import { pageQuery, withPaging } from '../paging.js';
import { table } from '../terminal.js';

const page = z.object({
  items: z.array(z.looseObject({ orderId: z.string(), userId: z.string(), status: z.string(), total: z.number() })),
  nextCursor: z.string().nullable(),
});

/** `orders of-event`: who has paid for an event, and is owed something when it was cancelled. */
export const orderCommands = (program: Command): void => {
  const orders = program.command('orders').description('orders that need a decision by a person');

  withSharedOptions(
    withPaging(orders.command('of-event <eventId>').description('paid orders of one event'), 50, 100),
  ).action(
    operate(async ({ call }, { print }, [eventId, options]) => {
      const path = `/admin/events/${encoded(eventId)}/orders?${pageQuery(options)}`;
      const found = page.parse(await call({ method: 'GET', path }));
      print(found, () =>
        found.items.length === 0
          ? 'This event has no paid orders'
          : table(
              ['order', 'user', 'status', 'total'],
              found.items.map(({ orderId, userId, status, total }) => [orderId, userId, status, String(total)]),
            ),
      );
      return 'done';
    }),
  );
};
