import { type Command } from 'commander';
import { z } from 'zod';
import { operate, withSharedOptions } from '../command.js';
import { progressOn } from '../progress.js';
import { table } from '../terminal.js';

const reconciled = z.looseObject({ findings: z.array(z.looseObject({ kind: z.string() })), healed: z.number() });

/** `reconcile [--heal]`: fails while something does not agree and was not healed. */
export const reconcileCommand = (program: Command): void => {
  withSharedOptions(
    program
      .command('reconcile')
      .description('compare gate, events and read models')
      .option('--heal', 'repair what does not agree; without it nothing is changed'),
  ).action(
    operate(async ({ call }, terminal, [options]) => {
      const { heal = false } = z.object({ heal: z.boolean().optional() }).parse(options);
      const answer = await progressOn(terminal, 'Reconciling', (onProgress) =>
        call({ method: 'POST', path: '/admin/reconcile', body: { heal }, onProgress }),
      );
      const { findings, healed } = reconciled.parse(answer);
      terminal.print(answer, () =>
        findings.length === 0
          ? 'Gate, events and read models agree'
          : [
              table(
                ['finding', ''],
                findings.map(({ kind, ...rest }) => [kind, JSON.stringify(rest)]),
              ),
              `${findings.length} found, ${healed} healed`,
            ].join('\n'),
      );
      return findings.length > healed ? 'failed' : 'done';
    }),
  );
};
