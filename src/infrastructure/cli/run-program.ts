import { type Command, CommanderError } from 'commander';
import { printFailure, WrongUsage } from './failures.js';

/** Runs the command line; what is wrong with it is told in one line, with exit code 2. */
export const runProgram = async (program: Command, argv: ReadonlyArray<string> = process.argv): Promise<void> => {
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return;
    // Asked for a group of commands without naming one, it has shown its help.
    if (error.code !== 'commander.help') {
      const message = `${error.message.replace(/^error: /, '')}; --help tells more`;
      printFailure(argv.includes('--json'), new WrongUsage(message));
    }
    process.exitCode = 2;
  }
};
