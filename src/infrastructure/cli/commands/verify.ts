import { type Command } from 'commander';
import { z } from 'zod';
import { encoded } from '../encoded.js';
import { exitWith, operate, withSharedOptions } from '../command.js';
import { verifyStoredHistory } from '../history/verify-stored-history.js';
import { verifyStoredReceipts } from '../history/verify-stored-receipts.js';
import { wholeNumber } from '../option-values.js';
import { progressOn } from '../progress.js';
import { shownChecks } from '../shown-checks.js';
import { createTerminal } from '../terminal.js';

const check = z.object({ name: z.string(), ok: z.boolean(), detail: z.string() });
const report = z.looseObject({ verdict: z.enum(['PASS', 'FAIL']), checks: z.array(check) });

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

const ofReceipts = z.object({ json: z.boolean().optional(), proofs: z.string().optional() });
const ofHistory = z.object({ json: z.boolean().optional(), from: z.number().default(0) });

/** `verify coupon ID`, `verify schedule ID`: PASS or FAIL with the reasons, from the events. `verify history`: against
 * its seals. `verify receipt FILE`: what was promised against the history. */
export const verifyCommands = (program: Command): void => {
  const verify = program.command('verify').description('prove from the events that a sale was fair');

  for (const { what, path, description } of VERIFIABLE)
    withSharedOptions(verify.command(`${what} <id>`).description(description)).action(
      operate(async ({ call }, terminal, [id]) => {
        const answer = await progressOn(terminal, `Verifying ${id}`, (onProgress) =>
          call({ method: 'GET', path: `/admin/${path}/${encoded(id)}/verify`, onProgress }),
        );
        const found = report.parse(answer);
        terminal.print(answer, () => [`${found.verdict} ${what} ${id}`, ...shownChecks(found.checks)].join('\n'));
        return found.verdict === 'PASS' ? 'done' : 'failed';
      }),
    );

  verify
    .command('history')
    .description('every event is as it was sealed; or the first one that was changed, left out, put in or moved')
    .option('--from <seal>', 'the number of the seal to begin with', wholeNumber(1_000_000_000))
    .option('--json', 'print JSON, also for a failure')
    .action(async (given: unknown) => {
      const { json = false, from } = ofHistory.parse(given);
      await exitWith(json, () => verifyStoredHistory(from, createTerminal(json)));
    });

  verify
    .command('receipt <file>')
    .description('the receipts in a file are genuine, and what was accepted is answered')
    .option('--proofs <file>', 'write the proof of each answer to a file, for web/verify.html')
    .option('--json', 'print JSON, also for a failure')
    .action(async (file: string, given: unknown) => {
      const { json = false, proofs } = ofReceipts.parse(given);
      const asked = { file, ...(proofs !== undefined && { proofs }) };
      await exitWith(json, () => verifyStoredReceipts(asked, createTerminal(json)));
    });
};
