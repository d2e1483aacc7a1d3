import { dirname } from 'node:path';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { makeDirectory } from '../../../adapters/embedded/environment/make-directory.js';
import { createApiKey, readApiKeys, revokeApiKey } from '../../../adapters/identity/api-keys.js';
import { InUse, NotPrivate } from '../../../adapters/identity/private-file.js';
import { ROLES } from '../../../adapters/identity/role-of.js';
import { apiKeysPath } from '../../identity/identity-files.js';
import { systemClock } from '../../system/system-clock.js';
import { exitWith } from '../command.js';
import { configured } from '../configured.js';
import { CallFailed } from '../failures.js';
import { name } from '../option-values.js';
import { createTerminal, table, type Terminal } from '../terminal.js';

const shared = z.object({ json: z.boolean().default(false) });

/** On the file of this machine: no server is asked, and a running one follows. */
const onFile =
  (work: (path: string, terminal: Terminal, given: ReadonlyArray<unknown>) => void) =>
  async (...given: ReadonlyArray<unknown>): Promise<void> => {
    const { json } = shared.parse(given.at(-2));
    await exitWith(json, async () => {
      const path = apiKeysPath(configured());
      makeDirectory(dirname(path));
      try {
        work(path, createTerminal(json), given);
      } catch (error) {
        throw error instanceof NotPrivate || error instanceof InUse ? new CallFailed(error.message) : error;
      }
      return 'done';
    });
  };

/** `keys create|list|revoke`: API keys for machines and people of the shop. */
export const keyCommands = (program: Command): void => {
  const keys = program.command('keys').description('API keys for services and staff');
  const withJson = (command: Command): Command => command.option('--json', 'print JSON, also for a failure');

  withJson(
    keys
      .command('create')
      .description('create a key and print it; it cannot be shown again')
      .argument('<name>', 'name of its owner; changes made with the key are recorded under it', name)
      .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory()),
  ).action(
    onFile((path, { print }, [name, options]) => {
      const { role } = z.object({ role: z.enum(ROLES) }).parse(options);
      const key = createApiKey(path, z.string().parse(name), role, systemClock.now());
      if (key === null)
        throw new CallFailed(`There is a key called ${String(name)} already: revoke it first`, 'KEY_EXISTS');
      print({ name, role, key }, () => key);
    }),
  );

  withJson(
    keys.command('list').description('names and roles of the valid keys; the keys themselves are not stored'),
  ).action(
    onFile((path, { print }) => {
      const items = readApiKeys(path).map(({ hash: _, ...key }) => key);
      print({ items }, () =>
        items.length === 0
          ? 'There is no key'
          : table(
              ['name', 'role', 'since'],
              items.map((key) => [key.name, key.role, key.createdAt]),
            ),
      );
    }),
  );

  withJson(
    keys.command('revoke').argument('<name>').description('make a key invalid; takes effect within a second'),
  ).action(
    onFile((path, { print }, [name]) => {
      if (!revokeApiKey(path, z.string().parse(name)))
        throw new CallFailed(`There is no key called ${String(name)}`, 'KEY_NOT_FOUND');
      print({ name, revoked: true }, () => `${String(name)} is revoked`);
    }),
  );
};
