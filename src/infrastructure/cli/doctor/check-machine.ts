import { constants, existsSync, statSync } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { either as E } from 'fp-ts';
import { findHolder } from '../../../adapters/embedded/environment/index.js';
import { departedFrom } from '../../../adapters/embedded/environment/departed-from.js';
import { checkFormat } from '../../../adapters/embedded/environment/format.js';
import { checkPrivate } from '../../../adapters/embedded/environment/private-modes.js';
import { type Config } from '../../config/load-config.js';
import { SECRETS } from '../../config/secret-files.js';
import { dataDirectoryFault, holderInWords } from '../../engines/start-fault.js';
import { isExposed } from '../../../adapters/identity/private-file.js';
import { apiKeysPath } from '../../identity/identity-files.js';
import { inWords } from '../../system/in-words.js';
import { type Finding, ok, warning, wrong } from './finding.js';

const LEAST_NODE = [20, 19] as const;

export const checkNode = (version: string): Finding => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
  return isEnough
    ? ok('node', `Node ${version}`)
    : wrong('node', `Node ${version} is too old: install ${LEAST_NODE.join('.')} or newer`);
};

const nearestThere = (path: string): string => (existsSync(path) ? path : nearestThere(dirname(path)));

const MEBIBYTE = 2 ** 20;
/** With less than so many times the room at which requests are refused, a night is a risk. */
const AMPLE = 5;

const checkRoom = async (directory: string, leastFreeMiB: number): Promise<Finding> => {
  const { bavail, bsize } = await statfs(directory);
  const free = Math.floor((bavail * bsize) / MEBIBYTE);
  const said = `${free} MiB are free on the disk of ${directory}`;
  if (free < leastFreeMiB)
    return wrong('disk', `${said}; below DISK_MIN_FREE_MB=${leastFreeMiB} new requests are refused: make room`);
  return free < leastFreeMiB * AMPLE
    ? warning('disk', `${said}; below ${leastFreeMiB} new requests are refused: make room before the sale`)
    : ok('disk', said);
};

/** The directory of the data: whether it can be written, is private, and has room. */
export const checkDataDirectory = async (config: Config): Promise<ReadonlyArray<Finding>> => {
  const directory = resolve(config.DATA_DIR);
  const there = nearestThere(directory);
  try {
    await access(there, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = `${directory} cannot be written to (${inWords(error)})`;
    return [wrong('data', `${why}: give its user the right, or name another with DATA_DIR`)];
  }
  const room = await checkRoom(there, config.DISK_MIN_FREE_MB);
  if (there !== directory) return [ok('data', `${directory} is made at the first start`), room];
  const known = E.chain(() => checkPrivate(directory))(checkFormat(directory));
  const fault = E.isLeft(known) ? known.left : await departedFrom(directory);
  if (fault !== null) return [wrong('data', dataDirectoryFault(fault)), room];
  const found = findHolder(directory);
  const use = found.held ? `is in use by ${holderInWords(found.holder)}` : 'is not in use';
  return [ok('data', `${directory} can be written, is private, and ${use}`), room];
};

/** Files of secrets: there, and readable by their owner alone. */
export const checkSecretFiles = (
  config: Config,
  variables: Readonly<Record<string, string | undefined>>,
): ReadonlyArray<Finding> => {
  const named = SECRETS.flatMap((name) => variables[`${name}_FILE`] ?? []);
  const keys = apiKeysPath(config);
  return [...named, ...(existsSync(keys) ? [keys] : [])].map((path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found !== undefined && isExposed(found)
      ? wrong('secrets', `${path} can be read or written by others of this machine: chmod 600 ${path}`)
      : ok('secrets', `${path} is for its owner alone`);
  });
};

/** Who may call, and with what. */
export const checkKeys = (config: Config): Finding => {
  if (config.AUTH === 'off') return warning('keys', 'AUTH=off: everybody who reaches the server may do everything');
  if (config.ADMIN_TOKEN !== undefined || existsSync(apiKeysPath(config)))
    return ok('keys', 'operators have a credential');
  return warning('keys', 'No operator has a credential: doorbuster keys create NAME --role operator');
};

const canListen = (port: number, host: string): Promise<string | null> =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', (error) => done(inWords(error)));
    server.listen(port, host, () => server.close(() => done(null)));
  });

/** A process that listens and never answers is not ours. */
const ANSWER_MS = 2_000;

const isDoorbuster = async (port: number, host: string): Promise<boolean> =>
  fetch(`http://${host.includes(':') ? `[${host}]` : host}:${port}/health/live`, {
    signal: AbortSignal.timeout(ANSWER_MS),
  })
    .then(async (answer) => answer.ok && (await answer.text()).includes('"ok"'))
    .catch(() => false);

/** Whether the server can listen where it is to, or does. */
export const checkPorts = ({ HTTP_PORT, OPS_PORT, HTTP_HOST }: Config): Promise<ReadonlyArray<Finding>> =>
  Promise.all(
    [['HTTP_PORT', HTTP_PORT] as const, ...(OPS_PORT === undefined ? [] : [['OPS_PORT', OPS_PORT] as const])].map(
      async ([name, port]) => {
        const why = await canListen(port, HTTP_HOST);
        if (why === null) return ok('ports', `${name}=${port} is free`);
        return (await isDoorbuster(port, HTTP_HOST))
          ? ok('ports', `${name}=${port}: a Doorbuster server listens there`)
          : wrong(
              'ports',
              `${name}=${port} cannot be listened on (${why}): end the process that uses it, or choose another ${name}`,
            );
      },
    ),
  );
