import { type Command } from 'commander';
import { z } from 'zod';
import { locally } from '../command.js';
import { WrongUsage } from '../failures.js';
import { exportToFile } from '../history/export-to-file.js';
import { importFromFile } from '../history/import-from-file.js';
import { moveToEnv, undoMove } from '../history/move-to-env.js';
import { exportUserCommand } from './personal-data.js';

const options = z.object({ to: z.string().optional() });
const moving = z.object({ toEnv: z.string().optional(), undo: z.boolean().default(false) });

/** `export --to FILE` and `import FILE`: all events as lines of JSON, with the head of their chain. `export user`: one person. `move`: from store to store. */
export const historyCommands = (program: Command): void => {
  const exporting = program
    .command('export')
    .description('write every event to a file, one line of JSON each, with a hash over all of them at the end')
    .option('--to <file>', 'the file; must not exist');
  locally(exporting, options, async ({ to }, terminal) => {
    if (to === undefined) throw new WrongUsage('Name a file with --to, or a user: export user ID');
    return exportToFile(to, terminal);
  });
  exportUserCommand(exporting);

  const importing = program
    .command('import <file>')
    .description('write an exported history into an empty event store; checks all of it first');
  locally(importing, options, (_, terminal, [file = '']) => importFromFile(file, terminal));

  const move = program
    .command('move')
    .description(
      'move the shop in DATA_DIR, while it sells, to the engines a file names; refuses requests for 30 s at most at its end',
    )
    .option('--to-env <file>', 'the environment of the servers it moves to, one NAME=value a line')
    .option('--undo', 'sell from DATA_DIR again after a move; never run both');
  locally(move, moving, async ({ toEnv, undo }, terminal) => {
    if (undo === (toEnv !== undefined)) throw new WrongUsage('Give either --to-env FILE or --undo');
    return toEnv === undefined ? undoMove(terminal) : moveToEnv(toEnv, terminal);
  });
};
