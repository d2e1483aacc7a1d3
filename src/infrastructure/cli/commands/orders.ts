import { type Command } from 'commander';
import { z } from 'zod';
import { encoded } from '../admin-client.js';
import { listing } from '../paging.js';

const order = z.looseObject({ orderId: z.string(), userId: z.string(), status: z.string(), total: z.number() });

/** `orders of-event`: who has paid for an event, and is owed something when it was cancelled. */
export const orderCommands = (program: Command): void => {
  const orders = program.command('orders').description('orders that need a decision by a person');

  listing(orders.command('of-event <eventId>').description('paid orders of one event'), {
    path: (eventId) => `/admin/events/${encoded(eventId)}/orders`,
    item: order,
    head: ['order', 'user', 'status', 'total'],
    row: ({ orderId, userId, status, total }) => [orderId, userId, status, String(total)],
    none: () => 'This event has no paid orders',
  });
};
