import { type Command } from 'commander';
import { z } from 'zod';
import { exitWith } from '../command.js';
import { createTerminal } from '../terminal.js';

const share = z
  .string()
  .regex(/^\d+(\.\d+)?%$/)
  .transform((text) => Number(text.slice(0, -1)) / 100)
  .pipe(z.number().max(1));
const count = z.coerce.number().int().positive();

const options = z.object({
  users: count,
  quantity: count,
  duplicates: share,
  sockets: count,
  url: z.string().optional(),
  token: z.string().optional(),
  json: z.boolean().optional(),
});

const FINAL_WITHIN_MS = 60_000;

const run = async (given: z.infer<typeof options>): Promise<'done' | 'failed'> => {
  const [{ rehearse }, { rehearsalReport, rehearsalSummary }, { startOwnServer }] = await Promise.all([
    import('../../rehearse/rehearse.js'),
    import('../../rehearse/report.js'),
    import('../../rehearse/own-server.js'),
  ]);
  const { url, token = process.env['ADMIN_TOKEN'], json = false, ...plan } = given;
  const terminal = createTerminal(json);
  const own = url === undefined ? await startOwnServer() : null;
  const bar = terminal.progress('Rehearsing');
  try {
    const rehearsal = await rehearse({
      ...plan,
      url: own?.url ?? url ?? '',
      ...(token !== undefined && own === null && { token }),
      finalWithinMs: FINAL_WITHIN_MS,
      onProgress: (answered, asked) => bar.at(answered, asked),
    });
    bar.end();
    terminal.print(rehearsalSummary(rehearsal), () => rehearsalReport(rehearsal));
    return rehearsal.passed ? 'done' : 'failed';
  } finally {
    bar.end();
    await own?.stop();
  }
};

/** `rehearse`: a whole sale over HTTP, with a verdict. */
export const rehearseCommand = (program: Command): void => {
  program
    .command('rehearse')
    .description('a whole sale over HTTP: a coupon, many people at once, and a verdict')
    .option('--users <n>', 'people who come at once', '10000')
    .option('--quantity <n>', 'coupons there are', '1000')
    .option('--duplicates <n%>', 'share of the people who ask twice', '20%')
    .option('--sockets <n>', 'connections the people share', '256')
    .option('--url <url>', 'a running server; without it one is started on a directory that is removed afterwards')
    .option('--token <token>', 'ADMIN_TOKEN of that server')
    .option('--json', 'print JSON')
    .action((given: unknown) => exitWith(async () => run(options.parse(given))));
};
