import { type Command } from 'commander';
import { z } from 'zod';
import { encoded } from '../admin-client.js';
import { ask, withSharedOptions } from '../command.js';
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
    ask(
      page,
      (eventId, options) => ({
        method: 'GET',
        path: `/admin/events/${encoded(eventId)}/orders?${pageQuery(options)}`,
      }),
      ({ items }) => {
        const rows = items.map(({ orderId, userId, status, total }) => [orderId, userId, status, String(total)]);
        return rows.length === 0 ? 'This event has no paid orders' : table(['order', 'user', 'status', 'total'], rows);
      },
    ),
  );
};
