import { type Command, Option } from 'commander';
import { z } from 'zod';
import { type Credentials } from '../../../rehearsal/client/callers.js';
import { GivenUp, watch } from '../../../rehearsal/watch.js';
import { createAdminClient } from '../admin-client.js';
import { exitWith } from '../command.js';
import { WrongUsage } from '../failures.js';
import { share, webAddress, wholeNumber } from '../option-values.js';
import { playBots, type Played, PROTECTED, type Stage } from '../rehearsal-of-bots.js';
import { createTerminal, type Terminal } from '../terminal.js';

const options = z.object({
  scenario: z.enum(['rush', 'opening', 'flash-sale', 'bots']),
  users: z.number().optional(),
  quantity: z.number().optional(),
  stock: z.number().default(500),
  duplicates: z.number().default(0.2),
  active: z.number().default(200),
  addresses: z.number().default(200),
  tries: z.number().default(50_000),
  opensIn: z.number().default(10),
  sockets: z.number(),
  giveUp: z.number(),
  url: z.string().optional(),
  token: z.string().optional(),
  serviceKey: z.string().optional(),
  json: z.boolean().optional(),
});

type Options = z.infer<typeof options>;

const FINAL_WITHIN_MS = 60_000;

/** Everyone at once. */
const playRush = async (
  { users = 10_000, quantity = 1_000, duplicates, sockets }: Options,
  stage: Stage,
): Promise<Played> => {
  const { rehearse } = await import('../../../rehearsal/rush/rehearse-rush.js');
  const { rehearsalReport, rehearsalSummary } = await import('../../../rehearsal/rush/report-rush.js');
  const rehearsal = await rehearse({ users, quantity, duplicates, sockets, finalWithinMs: FINAL_WITHIN_MS, ...stage });
  const { passed } = rehearsal;
  return { passed, summary: rehearsalSummary(rehearsal), report: () => rehearsalReport(rehearsal) };
};

/** They gather, it opens, they are let in. */
const playOpening = async (
  { users = 2_000, quantity = 500, active: activeLimit, opensIn, sockets }: Options,
  stage: Stage,
): Promise<Played> => {
  const { rehearseOpening } = await import('../../../rehearsal/opening/rehearse-opening.js');
  const { openingReport, openingSummary } = await import('../../../rehearsal/opening/report-opening.js');
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
): Promise<Played> => {
  const { rehearseFlashSale } = await import('../../../rehearsal/flash-sale/rehearse-flash-sale.js');
  const { flashSaleReport, flashSaleSummary } = await import('../../../rehearsal/flash-sale/report-flash-sale.js');
  const plan = { users, stock, coupons: quantity, activeLimit, sockets };
  const rehearsal = await rehearseFlashSale({ ...plan, finalWithinMs: FINAL_WITHIN_MS, ...stage });
  const { passed } = rehearsal;
  return { passed, summary: flashSaleSummary(rehearsal), report: () => flashSaleReport(rehearsal) };
};

const PLAYS = { rush: playRush, opening: playOpening, 'flash-sale': playFlashSale, bots: playBots } as const;

/** What its own server is started with. */
const VARIABLES = { rush: {}, opening: {}, 'flash-sale': IMPATIENT, bots: PROTECTED } as const;

/** Which scenario an option is of; all others are of every scenario. */
const OF_SCENARIO: Readonly<Record<string, ReadonlyArray<Options['scenario']>>> = {
  stock: ['flash-sale'],
  duplicates: ['rush'],
  active: ['opening', 'flash-sale'],
  addresses: ['bots'],
  tries: ['bots'],
  opensIn: ['opening'],
};

/** What was asked for and would change nothing is a misunderstanding. */
const refuseIgnored = (command: Command, { scenario, url, token, serviceKey }: Options): void => {
  if (scenario === 'bots' && url !== undefined)
    throw new WrongUsage(
      '--scenario bots starts its own server, which must trust the client addresses that the rehearsal sends',
    );
  for (const option of command.options) {
    const scenarios = OF_SCENARIO[option.attributeName()];
    if (scenarios === undefined || scenarios.includes(scenario)) continue;
    if (command.getOptionValueSource(option.attributeName()) === 'cli')
      throw new WrongUsage(`${option.long} is of --scenario ${scenarios.join(' or ')}, not of ${scenario}`);
  }
  if (url !== undefined) return;
  if (token !== undefined) throw new WrongUsage('--token is for a server: name it with --url');
  if (serviceKey !== undefined) throw new WrongUsage('--service-key is for a server: name it with --url');
};

const playWatched = async (
  given: Options,
  server: Credentials & Pick<Stage, 'url' | 'directory'>,
  terminal: Terminal,
): Promise<Played> => {
  const bar = terminal.progress('Rehearsing');
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const watching = watch({ say, giveUpAfterMs: given.giveUp * 1_000 });
  const onProgress = (done: number, of: number, what: string): void => {
    watching.progress(done, of, what);
    bar.at(done, of);
  };
  const { signal } = watching;
  try {
    return await PLAYS[given.scenario](given, { ...server, signal, onProgress });
  } catch (error) {
    const reason: unknown = signal.reason;
    if (!(reason instanceof GivenUp)) throw error;
    const summary = { verdict: 'FAIL', faults: [reason.message] };
    return { passed: false, summary, report: () => `${reason.message}\nFAIL` };
  } finally {
    watching.stop();
    bar.end();
  }
};

const run = async (given: Options): Promise<'done' | 'failed'> => {
  const { startOwnServer } = await import('../own-server.js');
  const { url, token = process.env['ADMIN_TOKEN'], serviceKey = process.env['SERVICE_KEY'], json = false } = given;
  const terminal = createTerminal(json);
  if (url !== undefined) await createAdminClient(url, undefined)({ method: 'GET', path: '/health/live' });
  const own = url === undefined ? await startOwnServer(VARIABLES[given.scenario]) : null;
  try {
    const credentials = { ...(token !== undefined && { token }), ...(serviceKey !== undefined && { serviceKey }) };
    const server = {
      url: url ?? '',
      directory: '',
      ...(own ? { url: own.url, directory: own.directory } : credentials),
    };
    const played = await playWatched(given, server, terminal);
    terminal.print(played.summary, played.report);
    return played.passed ? 'done' : 'failed';
  } finally {
    await own?.stop();
  }
};

/** `rehearse`: a whole sale over HTTP, with a verdict. */
export const rehearseCommand = (program: Command): void => {
  program
    .command('rehearse')
    .description('play a whole sale over HTTP with many people, and judge it')
    .addOption(
      new Option(
        '--scenario <name>',
        'rush: all at once; opening: they gather, it opens, they are let in; flash-sale: queue, coupon, order, payment; bots: an attack on a coupon',
      )
        .choices(['rush', 'opening', 'flash-sale', 'bots'])
        .default('rush'),
    )
    .option('--users <n>', 'number of people (default: 10000; opening and bots: 2000; flash-sale: 1000)', wholeNumber())
    .option('--quantity <n>', 'number of coupons (default: 1000; opening and flash-sale: 500)', wholeNumber())
    .option('--stock <n>', 'flash-sale: units in stock, over three products (default: 500)', wholeNumber())
    .option('--duplicates <n%>', 'rush: share of the people who ask twice (default: 20%)', share)
    .option('--active <n>', 'opening and flash-sale: how many are let in at once (default: 200)', wholeNumber(10_000))
    .option('--addresses <n>', 'bots: addresses they come from (default: 200)', wholeNumber(10_000))
    .option('--tries <n>', 'bots: requests they send in each sale (default: 50000)', wholeNumber())
    .option('--opens-in <seconds>', 'opening: how long people gather before (default: 10)', wholeNumber(86_400))
    .option('--sockets <n>', 'connections the people share', wholeNumber(10_000), 256)
    .option('--give-up <seconds>', 'FAIL after this many seconds without progress', wholeNumber(86_400), 120)
    .option('--url <url>', 'a running server; without it a server is started on a temporary directory', webAddress)
    .option('--token <token>', 'ADMIN_TOKEN of that server, or a key of an operator')
    .option(
      '--service-key <key>',
      'a key of the role service, for the calls of the people, where AUTH=jwt (or SERVICE_KEY)',
    )
    .option('--json', 'print JSON, also for a failure')
    .action((raw: unknown, command: Command) => {
      const given = options.parse(raw);
      return exitWith(given.json ?? false, async () => {
        refuseIgnored(command, given);
        return run(given);
      });
    });
};
