import { type Command } from 'commander';
import { z } from 'zod';
import { verdictOf } from '../../../application/kernel/audit/audit.js';
import { encoded, get } from '../admin-client.js';
import { locally, operate } from '../command.js';
import { WrongUsage } from '../failures.js';
import { verifyStoredHistory } from '../history/verify-stored-history.js';
import { receiptsOfCoupon, verifyStoredReceipts } from '../history/verify-stored-receipts.js';
import { wholeNumber } from '../option-values.js';
import { progressOn } from '../progress.js';
import { shownChecks } from '../terminal.js';

const check = z.object({ name: z.string(), ok: z.boolean(), detail: z.string() });
const report = z.looseObject({
  verdict: z.enum(['PASS', 'FAIL']),
  checks: z.array(check),
});

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

const keys = z.string().exactOptional();
const ofCoupon = z.object({ receipts: z.string().optional(), keys });
const ofReceipts = z.object({ keys, proofs: z.string().exactOptional() });
const ofHistory = z.object({ keys, from: z.number().default(0) });

const checkKeys = ({ receipts, keys }: z.infer<typeof ofCoupon>): void => {
  if (keys !== undefined && receipts === undefined)
    throw new WrongUsage('--keys is for receipts: name their file with --receipts');
};

const KEYS = 'what /.well-known/doorbuster-seals answered some day: only its keys are believed';

/** `verify coupon ID`, `verify schedule ID`: PASS or FAIL with the reasons, from the events. `verify history`: against
 * its seals. `verify receipt FILE`: what was promised against the history. */
export const verifyCommands = (program: Command): void => {
  const verify = program.command('verify').description('prove from the events that a sale was fair');

  for (const { what, path, description } of VERIFIABLE) {
    const command = verify.command(`${what} <id>`).description(description);
    operate(
      command,
      ofCoupon,
      async (call, { terminal, given: { receipts, keys }, args: [id = ''] }) => {
        const asked = get(`/admin/${path}/${encoded(id)}/verify`);
        const answer = report.parse(
          await progressOn(terminal, `Verifying ${id}`, (onProgress) => call({ ...asked, onProgress })),
        );
        const more = receipts === undefined ? [] : [await receiptsOfCoupon(id, receipts, keys)];
        const verified = { ...answer, ...verdictOf([...answer.checks, ...more]) };
        const { verdict, checks } = verified;
        terminal.print(verified, () => [`${verdict} ${what} ${id}`, ...shownChecks(checks)].join('\n'));
        return verdict === 'PASS' ? 'done' : 'failed';
      },
      checkKeys,
    );
    if (what === 'coupon')
      command
        .option(
          '--receipts <file>',
          'receipts of its users, with any text around them: one without an answer is a FAIL',
        )
        .option('--keys <file>', `with --receipts: ${KEYS}`);
  }

  const history = verify
    .command('history')
    .description('every event is as it was sealed; or the first one that was changed, left out, put in or moved')
    .option('--keys <file>', `${KEYS}, and its last seal must still be there`)
    .option('--from <seal>', 'the number of the seal to begin with', wholeNumber(1_000_000_000));
  locally(history, ofHistory, verifyStoredHistory);

  const ofFile = verify
    .command('receipt <file>')
    .description('the receipts in a file are genuine, and what was accepted is answered')
    .option('--keys <file>', KEYS)
    .option('--proofs <file>', 'write the proof of each answer to a file, for web/verify.html');
  locally(ofFile, ofReceipts, (asked, terminal, [file = '']) => verifyStoredReceipts({ file, ...asked }, terminal));
};
