import { type Command } from 'commander';
import { z } from 'zod';
import { exitWith } from '../command.js';
import { createTerminal, type Terminal } from '../terminal.js';

const share = z
  .string()
  .regex(/^\d+(\.\d+)?%$/)
  .transform((text) => Number(text.slice(0, -1)) / 100)
  .pipe(z.number().max(1));
const count = z.coerce.number().int().positive();

const options = z.object({
  scenario: z.enum(['rush', 'opening', 'flash-sale']),
  users: count.optional(),
  quantity: count.optional(),
  stock: count,
  duplicates: share,
  active: count,
  opensIn: count,
  sockets: count,
  url: z.string().optional(),
  token: z.string().optional(),
  json: z.boolean().optional(),
});

type Options = z.infer<typeof options>;

interface Stage {
  readonly url: string;
  readonly token?: string;
  readonly terminal: Terminal;
  readonly onProgress: (done: number, of: number) => void;
}

type Played = Promise<{ readonly passed: boolean; readonly summary: object; readonly report: () => string }>;

const FINAL_WITHIN_MS = 60_000;

/** Everyone at once. */
const playRush = async ({ users = 10_000, quantity = 1_000, duplicates, sockets }: Options, stage: Stage): Played => {
  const { rehearse } = await import('../../rehearse/rehearse.js');
  const { rehearsalReport, rehearsalSummary } = await import('../../rehearse/report.js');
  const rehearsal = await rehearse({ users, quantity, duplicates, sockets, finalWithinMs: FINAL_WITHIN_MS, ...stage });
  const { passed } = rehearsal;
  return { passed, summary: rehearsalSummary(rehearsal), report: () => rehearsalReport(rehearsal) };
};

/** They gather, it opens, they are let in. */
const playOpening = async (
  { users = 2_000, quantity = 500, active: activeLimit, opensIn, sockets }: Options,
  stage: Stage,
): Played => {
  const { rehearseOpening } = await import('../../rehearse/rehearse-opening.js');
  const { openingReport, openingSummary } = await import('../../rehearse/report-opening.js');
  const plan = { users, quantity, activeLimit, opensInMs: opensIn * 1_000, sockets };
  const rehearsal = await rehearseOpening({ ...plan, finalWithinMs: FINAL_WITHIN_MS, ...stage });
  const { passed } = rehearsal;
  return { passed, summary: openingSummary(rehearsal), report: () => openingReport(rehearsal) };
};

/** Waiting rooms and holds give up soon, so that what runs out is seen to. */
const IMPATIENT = {
  ORDER_HOLD_SECONDS: '5',
  PAYMENT_HOLD_SECONDS: '10',
  GATEWAY_TIMEOUT_MS: '300',
  WAITING_CLAIM_MS: '2000',
};

/** From the queue to the payment, with everything that goes wrong on the way. */
const playFlashSale = async (
  { users = 1_000, quantity = 500, stock, active: activeLimit, sockets }: Options,
  stage: Stage,
): Played => {
  const { rehearseFlashSale } = await import('../../rehearse/flash-sale/rehearse-flash-sale.js');
  const { flashSaleReport, flashSaleSummary } = await import('../../rehearse/flash-sale/report-flash-sale.js');
  const plan = { users, stock, coupons: quantity, activeLimit, sockets };
  const rehearsal = await rehearseFlashSale({ ...plan, finalWithinMs: FINAL_WITHIN_MS, ...stage });
  const { passed } = rehearsal;
  return { passed, summary: flashSaleSummary(rehearsal), report: () => flashSaleReport(rehearsal) };
};

const PLAYS = { rush: playRush, opening: playOpening, 'flash-sale': playFlashSale } as const;

const run = async (given: Options): Promise<'done' | 'failed'> => {
  const { startOwnServer } = await import('../../rehearse/own-server.js');
  const { url, token = process.env['ADMIN_TOKEN'], json = false, scenario } = given;
  const terminal = createTerminal(json);
  const own = url === undefined ? await startOwnServer(scenario === 'flash-sale' ? IMPATIENT : {}) : null;
  const bar = terminal.progress('Rehearsing');
  const stage = { url: own?.url ?? url ?? '', terminal, onProgress: (done: number, of: number) => bar.at(done, of) };
  try {
    const played = await PLAYS[scenario](given, { ...stage, ...(token !== undefined && own === null && { token }) });
    bar.end();
    terminal.print(played.summary, played.report);
    return played.passed ? 'done' : 'failed';
  } finally {
    bar.end();
    await own?.stop();
  }
};

/** `rehearse`: a whole sale over HTTP, with a verdict. */
export const rehearseCommand = (program: Command): void => {
  program
    .command('rehearse')
    .description('a whole sale over HTTP: a coupon, many people, and a verdict')
    .option(
      '--scenario <name>',
      'rush: all at once; opening: they gather, it opens, they are let in; flash-sale: queue, coupon, order, payment',
      'rush',
    )
    .option('--users <n>', 'people who come (default: 10000; opening: 2000; flash-sale: 1000)')
    .option('--quantity <n>', 'coupons there are (default: 1000; opening and flash-sale: 500)')
    .option('--stock <n>', 'flash-sale: units there are, of three products together', '500')
    .option('--duplicates <n%>', 'rush: share of the people who ask twice', '20%')
    .option('--active <n>', 'opening and flash-sale: how many are let in at once', '200')
    .option('--opens-in <seconds>', 'opening: how long people gather before', '10')
    .option('--sockets <n>', 'connections the people share', '256')
    .option('--url <url>', 'a running server; without it one is started on a directory that is removed afterwards')
    .option('--token <token>', 'ADMIN_TOKEN of that server')
    .option('--json', 'print JSON')
    .action((given: unknown) => exitWith(async () => run(options.parse(given))));
};
