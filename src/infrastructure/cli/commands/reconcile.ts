import { type Command } from 'commander';
import { z } from 'zod';
import { post } from '../admin-client.js';
import { ask } from '../command.js';
import { table } from '../terminal.js';

const reconciled = z.looseObject({ findings: z.array(z.looseObject({ kind: z.string() })), healed: z.number() });

/** `reconcile [--heal]`: fails while something does not agree and was not healed. */
export const reconcileCommand = (program: Command): void => {
  const command = program
    .command('reconcile')
    .description('compare gate, events and read models')
    .option('--heal', 'repair what does not agree; without it nothing is changed');
  ask(command, {
    options: z.object({ heal: z.boolean().default(false) }),
    answer: reconciled,
    call: (_, given) => post('/admin/reconcile', given),
    label: () => 'Reconciling',
    text: ({ findings, healed }) => {
      if (findings.length === 0) return 'Gate, events and read models agree';
      const rows = findings.map(({ kind, ...rest }) => [kind, JSON.stringify(rest)]);
      return `${table(['finding', ''], rows)}\n${findings.length} found, ${healed} healed`;
    },
    isBad: ({ findings, healed }) => findings.length > healed,
  });
};
