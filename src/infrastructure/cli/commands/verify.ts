import { type Command } from 'commander';
import { z } from 'zod';
import { encoded } from '../encoded.js';
import { operate, withSharedOptions } from '../command.js';
import { progressOn } from '../progress.js';

const check = z.object({ name: z.string(), ok: z.boolean(), detail: z.string() });
const report = z.looseObject({ verdict: z.enum(['PASS', 'FAIL']), checks: z.array(check) });

/** The checks, a line each, those that failed marked. */
const shown = ({ checks }: z.infer<typeof report>): ReadonlyArray<string> =>
  checks.map(({ name, ok, detail }) => `  ${ok ? '✓' : '✗'} ${name}: ${detail}`);

/** What can be verified: where it is asked for, and what is looked at. */
const VERIFIABLE = [
  {
    what: 'coupon',
    path: 'coupons',
    description: 'issued ≤ quantity, one per user, in order of acceptance, every accepted request answered',
  },
  {
    what: 'schedule',
    path: 'schedules',
    description: 'active ≤ limit at every moment, people let in in the order in which they joined, nobody forgotten',
  },
  {
    what: 'order',
    path: 'orders',
    description: 'goods, money, points, coupon and delivery agree with the state of the order',
  },
  {
    what: 'order-stock',
    path: 'products',
    description: 'on hand = received − deducted + restored, no hold without an order',
  },
] as const;

/** `verify coupon ID`, `verify schedule ID`: PASS or FAIL with the reasons, from the events. */
export const verifyCommands = (program: Command): void => {
  const verify = program.command('verify').description('prove from the events that a sale was fair');

  for (const { what, path, description } of VERIFIABLE)
    withSharedOptions(verify.command(`${what} <id>`).description(description)).action(
      operate(async ({ call }, terminal, [id]) => {
        const answer = await progressOn(terminal, `Verifying ${id}`, (onProgress) =>
          call({ method: 'GET', path: `/admin/${path}/${encoded(id)}/verify`, onProgress }),
        );
        const found = report.parse(answer);
        terminal.print(answer, () => [`${found.verdict} ${what} ${id}`, ...shown(found)].join('\n'));
        return found.verdict === 'PASS' ? 'done' : 'failed';
      }),
    );
};
