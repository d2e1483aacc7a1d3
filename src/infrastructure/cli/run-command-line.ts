import { type Command, CommanderError } from 'commander';
import { constants } from 'node:os';
import { say } from '../output/never-waiting.js';
import { version } from '../version.js';
import { outputFault, printFailure, WrongUsage } from './failures.js';
import { createProgram } from './program.js';

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

/** The reader of the output may close it (`| head`): the command still finishes its work. Any other error is a failure. */
const outputFailed = (error: unknown): void => {
  const fault = outputFault(error);
  if (fault === null) throw error;
  if (fault.isReaderGone) return;
  say(2, fault.said);
  process.exitCode = 1;
};

const endBy = (stopping: AbortSignal): void => {
  const signal = stopping.reason === 'SIGINT' ? constants.signals.SIGINT : constants.signals.SIGTERM;
  process.exit(128 + signal);
};

/** Runs the command that was typed, to its exit code. `stopping` ends a server as it should, and any other command at once. */
export const runCommandLine = async (stopping: AbortSignal): Promise<void> => {
  process.stdout.on('error', outputFailed);
  process.stderr.on('error', () => undefined);
  const program = createProgram(version, stopping);
  program.hook('preAction', (_, command) => {
    if (command.name() !== 'serve') stopping.addEventListener('abort', () => endBy(stopping), { once: true });
  });
  // What cannot be written to a file fails here, to a pipe by the event.
  await runProgram(program).catch(outputFailed);
};
