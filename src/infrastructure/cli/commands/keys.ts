import { dirname } from 'node:path';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { makeDirectory } from '../../../adapters/embedded/environment/make-directory.js';
import { createApiKey, readApiKeys, revokeApiKey } from '../../../adapters/identity/api-keys.js';
import { InUse, NotPrivate } from '../../../adapters/identity/private-file.js';
import { ROLES } from '../../../adapters/identity/role-of.js';
import { apiKeysPath } from '../../identity/identity-files.js';
import { systemClock } from '../../system/system-clock.js';
import { locally } from '../command.js';
import { configured } from '../configured.js';
import { CallFailed } from '../failures.js';
import { name } from '../option-values.js';
import { table, type Terminal } from '../terminal.js';

/** On the file of this machine: no server is asked, and a running one follows. */
const onFile = <Options>(
  command: Command,
  options: z.ZodType<Options>,
  work: (path: string, terminal: Terminal, owner: string, given: Options) => void,
): void =>
  locally(command, options, async (given, terminal, [owner = '']) => {
    const path = apiKeysPath(configured());
    makeDirectory(dirname(path));
    try {
      work(path, terminal, owner, given);
    } catch (error) {
      throw error instanceof NotPrivate || error instanceof InUse ? new CallFailed(error.message) : error;
    }
    return 'done';
  });

/** `keys create|list|revoke`: API keys for machines and people of the shop. */
export const keyCommands = (program: Command): void => {
  const keys = program.command('keys').description('API keys for services and staff');

  const create = keys
    .command('create')
    .description('create a key and print it; it cannot be shown again')
    .argument('<name>', 'name of its owner; changes made with the key are recorded under it', name)
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory());
  onFile(create, z.object({ role: z.enum(ROLES) }), (path, { print }, owner, { role }) => {
    const key = createApiKey(path, owner, role, systemClock.now());
    if (key === null) throw new CallFailed(`There is a key called ${owner} already: revoke it first`, 'KEY_EXISTS');
    print({ name: owner, role, key }, () => key);
  });

  const list = keys
    .command('list')
    .description('names and roles of the valid keys; the keys themselves are not stored');
  onFile(list, z.object({}), (path, { print }) => {
    const items = readApiKeys(path).map(({ hash: _, ...key }) => key);
    const rows = items.map((key) => [key.name, key.role, key.createdAt]);
    print({ items }, () => (rows.length === 0 ? 'There is no key' : table(['name', 'role', 'since'], rows)));
  });

  const revoke = keys
    .command('revoke')
    .argument('<name>')
    .description('make a key invalid; takes effect within a second');
  onFile(revoke, z.object({}), (path, { print }, owner) => {
    if (!revokeApiKey(path, owner)) throw new CallFailed(`There is no key called ${owner}`, 'KEY_NOT_FOUND');
    print({ name: owner, revoked: true }, () => `${owner} is revoked`);
  });
};
