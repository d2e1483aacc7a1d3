import { type Command } from 'commander';
import { z } from 'zod';
import { operate, withSharedOptions } from '../command.js';
import { progressOn } from '../progress.js';

const check = z.object({ name: z.string(), ok: z.boolean(), detail: z.string() });
const report = z.looseObject({ verdict: z.enum(['PASS', 'FAIL']), checks: z.array(check) });

/** The checks, a line each, those that failed marked. */
const shown = ({ checks }: z.infer<typeof report>): ReadonlyArray<string> =>
  checks.map(({ name, ok, detail }) => `  ${ok ? '✓' : '✗'} ${name}: ${detail}`);

/** `verify coupon ID`: PASS or FAIL with the reasons, from the events. */
export const verifyCommands = (program: Command): void => {
  const verify = program.command('verify').description('prove from the events that a sale was fair');

  withSharedOptions(
    verify
      .command('coupon <id>')
      .description('issued ≤ quantity, one per user, in order of acceptance, every accepted request answered'),
  ).action(
    operate(async ({ call }, terminal, [id]) => {
      const answer = await progressOn(terminal, `Verifying ${id}`, (onProgress) =>
        call({ method: 'GET', path: `/admin/coupons/${id}/verify`, onProgress }),
      );
      const found = report.parse(answer);
      terminal.print(answer, () => [`${found.verdict} coupon ${id}`, ...shown(found)].join('\n'));
      return found.verdict === 'PASS' ? 'done' : 'failed';
    }),
  );
};
