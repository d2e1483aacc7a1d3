import { type Command } from 'commander';
import { z } from 'zod';
import { encoded, post } from '../admin-client.js';
import { ask, reasonGiven, withReason } from '../command.js';
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

const parked = z.looseObject({ orderId: z.string(), step: z.string(), reason: z.string(), parkedAt: z.string() });

/** `sagas list|replay|compensate`: orders in which a step finally failed, and what becomes of them. */
export const sagaCommands = (program: Command): void => {
  const sagas = program.command('sagas').description('parked orders: list, continue or cancel them');

  listing(sagas.command('list').description('orders waiting for a decision'), {
    path: () => '/admin/sagas',
    item: parked,
    head: ['order', 'step', 'reason', 'since'],
    row: ({ orderId, step, reason, parkedAt }) => [orderId, step, reason, parkedAt],
    none: () => 'No order is parked',
  });

  for (const [verb, description] of [
    ['replay', 'continue an order from the step that failed'],
    ['compensate', 'cancel an order: everything it took is given back'],
  ] as const)
    ask(withReason(sagas.command(`${verb} <orderId>`).description(description)), {
      options: reasonGiven,
      answer: z.unknown(),
      call: ([orderId], said) => post(`/admin/sagas/${encoded(orderId)}/${verb}`, said),
      text: (_, [orderId]) => `${orderId}: ${verb === 'replay' ? 'goes on' : 'is cancelled'}`,
    });
};
