import { setTimeout as sleep } from 'node:timers/promises';
import { type Command } from 'commander';
import { z } from 'zod';
import { get } from '../admin-client.js';
import { operate } from '../command.js';
import { wholeNumber } from '../option-values.js';
import { board, shownBoard } from '../shown-board.js';

const options = z.object({ every: z.number().default(2), once: z.boolean().default(false) });
const snapshot = z.object({ board });
/** The terminal is written anew from its first line on. */
const FROM_THE_TOP = '\u001b[H\u001b[J';

/** `top`: the sale as it runs, on a terminal. */
export const topCommand = (program: Command): void => {
  const top = program
    .command('top')
    .description('the sale as it runs: rates, answers, times, engines, alarms, and what is sold; ends with Ctrl-C')
    .option('--every <seconds>', 'how often to look', wholeNumber(3_600), 2)
    .option('--once', 'look once');
  operate(top, options, async (call, { terminal: { json }, given: { every, once } }) => {
    const start = process.stdout.isTTY && !once && !json ? FROM_THE_TOP : '';
    for (;;) {
      const { board: now } = snapshot.parse(await call(get('/admin/stream')));
      process.stdout.write(`${start}${json ? JSON.stringify(now) : shownBoard(now)}\n`);
      // Whoever read the output has left.
      if (once || !process.stdout.writable) return 'done';
      await sleep(every * 1_000);
    }
  });
};
