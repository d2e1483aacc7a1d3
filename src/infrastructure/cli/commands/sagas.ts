import { type Command } from 'commander';
import { z } from 'zod';
import { encoded } from '../admin-client.js';
import { ask, withSharedOptions } from '../command.js';
import { pageQuery, withPaging } from '../paging.js';
import { table } from '../terminal.js';

const parked = z.object({
  items: z.array(z.looseObject({ orderId: z.string(), step: z.string(), reason: z.string(), parkedAt: z.number() })),
  nextCursor: z.string().nullable(),
});

const withReason = z.object({ reason: z.string() });

/** `sagas list|replay|compensate`: orders in which a step finally failed, and what becomes of them. */
export const sagaCommands = (program: Command): void => {
  const sagas = program.command('sagas').description('parked orders: list, continue or cancel them');

  withSharedOptions(withPaging(sagas.command('list').description('orders waiting for a decision'), 50)).action(
    ask(
      parked,
      (options) => ({ method: 'GET', path: `/admin/sagas?${pageQuery(options)}` }),
      ({ items }) => {
        const rows = items.map((one) => [one.orderId, one.step, one.reason, new Date(one.parkedAt).toISOString()]);
        return rows.length === 0 ? 'No order is parked' : table(['order', 'step', 'reason', 'since'], rows);
      },
    ),
  );

  for (const [verb, description] of [
    ['replay', 'continue an order from the step that failed'],
    ['compensate', 'cancel an order: everything it took is given back'],
  ] as const)
    withSharedOptions(
      sagas
        .command(`${verb} <orderId>`)
        .description(description)
        .option('--reason <reason>', 'recorded with it', 'none given'),
    ).action(
      ask(
        z.unknown(),
        (orderId, options) => ({
          method: 'POST',
          path: `/admin/sagas/${encoded(orderId)}/${verb}`,
          body: withReason.parse(options),
        }),
        (_, orderId) => `${orderId}: ${verb === 'replay' ? 'goes on' : 'is cancelled'}`,
      ),
    );
};
