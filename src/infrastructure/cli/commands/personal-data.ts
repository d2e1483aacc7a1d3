import { type Command } from 'commander';
import { z } from 'zod';
import { encoded, get } from '../admin-client.js';
import { ask, noOptions, reasonGiven } from '../command.js';

const erased = z.looseObject({ erasedAt: z.string(), keyDestroyed: z.boolean(), plainEvents: z.number() });

/** `erase user`: what identifies a person is unreadable from then on. */
export const eraseCommand = (program: Command): void => {
  const erase = program
    .command('erase')
    .description('erase personal data for ever')
    .command('user <userId>')
    .description('destroy the key of what identifies a user: nobody reads it any more; orders and books stay')
    .requiredOption('--reason <reason>', 'recorded with it and kept: a ticket, not a person');
  ask(erase, {
    options: reasonGiven,
    answer: erased,
    call: ([user], { reason }) => ({
      method: 'DELETE',
      path: `/admin/users/${encoded(user)}/personal-data?${new URLSearchParams({ reason, actor: 'cli' })}`,
    }),
    text: ({ erasedAt, keyDestroyed, plainEvents }, [user]) =>
      [
        keyDestroyed
          ? `The key of ${user} is destroyed: what was encrypted with it is unreadable`
          : `Nothing of ${user} is readable: erased at ${erasedAt}`,
        ...(plainEvents === 0
          ? []
          : [
              `${plainEvents} events of before personal data were encrypted hold theirs in plain text. They are shown to nobody;`,
              'docs/personal-data.md says how to get rid of them.',
            ]),
      ].join('\n'),
  });
};

/** `export user`: what a person has a right to see, printed as JSON. */
export const exportUserCommand = (exporting: Command): void => {
  const user = exporting
    .command('user <userId>')
    .description('print everything there is about a user as JSON, with addresses');
  ask(user, {
    options: noOptions,
    answer: z.unknown(),
    call: ([userId]) => get(`/admin/users/${encoded(userId)}/export`),
    text: (answer) => JSON.stringify(answer, null, 2),
  });
};
