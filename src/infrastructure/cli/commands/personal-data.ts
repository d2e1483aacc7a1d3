import { type Command } from 'commander';
import { z } from 'zod';
import { ask, withSharedOptions } from '../command.js';
import { encoded } from '../admin-client.js';

const erased = z.looseObject({ erasedAt: z.string(), keyDestroyed: z.boolean(), plainEvents: z.number() });

/** `erase user`: what identifies a person is unreadable from then on. */
export const eraseCommand = (program: Command): void => {
  const erase = program.command('erase').description('erase personal data for ever');

  withSharedOptions(
    erase
      .command('user <userId>')
      .description('destroy the key of what identifies a user: nobody reads it any more; orders and books stay')
      .requiredOption('--reason <reason>', 'recorded with it and kept: a ticket, not a person'),
  ).action(
    ask(
      erased,
      (user, options) => {
        const { reason } = z.object({ reason: z.string() }).parse(options);
        const query = new URLSearchParams({ reason, actor: 'cli' });
        return { method: 'DELETE', path: `/admin/users/${encoded(user)}/personal-data?${query}` };
      },
      ({ erasedAt, keyDestroyed, plainEvents }, user) =>
        [
          keyDestroyed
            ? `The key of ${String(user)} is destroyed: what was encrypted with it is unreadable`
            : `Nothing of ${String(user)} is readable: erased at ${erasedAt}`,
          ...(plainEvents === 0
            ? []
            : [
                `${plainEvents} events of before personal data were encrypted hold theirs in plain text. They are shown to nobody;`,
                'docs/personal-data.md says how to get rid of them.',
              ]),
        ].join('\n'),
    ),
  );
};

/** `export user`: what a person has a right to see, printed as JSON. */
export const exportUserCommand = (exporting: Command): void => {
  withSharedOptions(
    exporting.command('user <userId>').description('print everything there is about a user as JSON, with addresses'),
  ).action(
    ask(
      z.unknown(),
      (user) => ({ method: 'GET', path: `/admin/users/${encoded(user)}/export` }),
      (answer) => JSON.stringify(answer, null, 2),
    ),
  );
};
