import { type Command } from 'commander';
import { z } from 'zod';
import { encoded } from '../admin-client.js';
import { operate, withSharedOptions } from '../command.js';
import { pageQuery, withPaging } from '../paging.js';
import { table } from '../terminal.js';

const parked = z.object({
  items: z.array(z.looseObject({ orderId: z.string(), step: z.string(), reason: z.string(), parkedAt: z.number() })),
  nextCursor: z.string().nullable(),
});

/** `sagas list|replay|compensate`: orders in which a step finally failed, and what becomes of them. */
export const sagaCommands = (program: Command): void => {
  const sagas = program.command('sagas').description('parked orders: list, continue or cancel them');

  withSharedOptions(withPaging(sagas.command('list').description('orders waiting for a decision'), 50)).action(
    operate(async ({ call }, { print }, [options]) => {
      const query = pageQuery(options);
      const found = parked.parse(await call({ method: 'GET', path: `/admin/sagas?${query}` }));
      print(found, () =>
        found.items.length === 0
          ? 'No order is parked'
          : table(
              ['order', 'step', 'reason', 'since'],
              found.items.map(({ orderId, step, reason, parkedAt }) => [
                orderId,
                step,
                reason,
                new Date(parkedAt).toISOString(),
              ]),
            ),
      );
      return 'done';
    }),
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
      operate(async ({ call }, { print }, [orderId, options]) => {
        const { reason } = z.object({ reason: z.string() }).parse(options);
        const answer = await call({
          method: 'POST',
          path: `/admin/sagas/${encoded(orderId)}/${verb}`,
          body: { reason },
        });
        print(answer, () => `${orderId}: ${verb === 'replay' ? 'goes on' : 'is cancelled'}`);
        return 'done';
      }),
    );
};
