import { Argument, type Command } from 'commander';
import { z } from 'zod';
import { completionFor, SHELLS } from '../completion.js';

/** `completion bash|zsh`: what a shell needs to complete this command line. */
export const completionCommand = (program: Command): void => {
  program
    .command('completion')
    .description('print a script that completes commands and options: source <(doorbuster completion bash)')
    .addArgument(new Argument('<shell>', 'the shell that runs the script').choices(SHELLS))
    .action((shell: unknown) => {
      process.stdout.write(completionFor(z.enum(SHELLS).parse(shell), program));
    });
};
