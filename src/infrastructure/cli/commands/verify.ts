import { type Command } from 'commander';
import { z } from 'zod';
import { operate, withSharedOptions } from '../command.js';
import { progressOn } from '../progress.js';

const report = z.looseObject({ verdict: z.enum(['PASS', 'FAIL']), reasons: z.array(z.unknown()) });

const said = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What a report found out beside its verdict, a line each. */
const findings = ({ verdict: _, reasons, ...rest }: z.infer<typeof report>): ReadonlyArray<string> => [
  ...Object.entries(rest).map(([name, value]) => `  ${name}: ${said(value)}`),
  ...reasons.map((reason) => `  ${said(reason)}`),
];

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
      terminal.print(answer, () => [`${found.verdict} coupon ${id}`, ...findings(found)].join('\n'));
      return found.verdict === 'PASS' ? 'done' : 'failed';
    }),
  );
};
