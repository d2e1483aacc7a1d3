import { Command } from 'commander';
import { auditCommand } from './commands/audit.js';
import { backupCommands } from './commands/backups.js';
import { deadLetterCommands } from './commands/dead-letters.js';
import { doctorCommand } from './commands/doctor.js';
import { historyCommands } from './commands/histories.js';
import { keyCommands } from './commands/keys.js';
import { parkedCommands } from './commands/parked.js';
import { eraseCommand } from './commands/personal-data.js';
import { projectionCommands } from './commands/projections.js';
import { reconcileCommand } from './commands/reconcile.js';
import { rehearseCommand } from './commands/rehearse.js';
import { orderCommands, sagaCommands } from './commands/sagas.js';
import { timelineCommand } from './commands/timeline.js';
import { tokenCommand } from './commands/token.js';
import { topCommand } from './commands/top.js';
import { verifyCommands } from './commands/verify.js';
import { webhookCommands } from './commands/webhooks.js';
import { completionCommand } from './completion.js';

/** The command line: every command of operators. `stopping` ends `serve`. */
export const createProgram = (version: string, stopping: AbortSignal): Command => {
  const program = new Command('doorbuster')
    .description('The backend of a flash sale. Configured by environment variables; see the README.')
    .version(version)
    // An option is of the command it stands behind: `export` and `export user` both have --json.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  program
    .command('serve')
    .description('run the server: everything, or the processes in PROCESSES')
    .action(async () => (await import('../serve.js')).serve(process.env, stopping));
  projectionCommands(program);
  deadLetterCommands(program);
  sagaCommands(program);
  parkedCommands(program);
  webhookCommands(program);
  orderCommands(program);
  verifyCommands(program);
  timelineCommand(program);
  topCommand(program);
  doctorCommand(program);
  eraseCommand(program);
  auditCommand(program);
  keyCommands(program);
  tokenCommand(program);
  reconcileCommand(program);
  backupCommands(program);
  historyCommands(program);
  rehearseCommand(program);
  completionCommand(program);
  return program;
};
