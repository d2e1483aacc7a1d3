import { either as E } from 'fp-ts';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { findHolder, type LockHolder } from '../../adapters/embedded/environment/index.js';
import { newApiKey } from '../../adapters/identity/api-keys.js';
import { readPrivate } from '../../adapters/identity/private-file.js';
import { type Config } from '../config/load-config.js';
import { isEmbedded } from '../engines/engines.js';
import { holderInWords } from '../engines/start-fault.js';
import { ownKeyPath } from '../identity/identity-files.js';
import { type AdminClient, createAdminClient } from './admin-client.js';
import { configured } from './configured.js';
import { CallFailed } from './failures.js';

interface Reached {
  readonly call: AdminClient;
  readonly close: () => Promise<void>;
}

/** Somebody sits before it. */
const START_WITHIN_MS = 10_000;
const ANSWER_WITHIN_MS = 5_000;

const reached = (url: string, token: string | undefined, close = async (): Promise<void> => undefined): Reached => ({
  call: createAdminClient(url, token),
  close,
});

/**
 * No server runs: the data is opened here, and asked through the same calls as a running server, on a port of its own that
 * nobody else is told, and that no balancer has to be warned about. Nothing but the API is started: what was accepted and not
 * decided stays as it is.
 */
const openHere = async (config: Config): Promise<Reached> => {
  const { startServer } = await import('../start-server.js');
  // For nobody but this command: others of this machine do not know the key.
  const token = newApiKey();
  const here = { HTTP_PORT: 0, HTTP_HOST: '127.0.0.1', OPS_PORT: undefined, AUTH: 'jwt', ADMIN_TOKEN: token } as const;
  const quiet: Config = { ...config, ...here, LOG_LEVEL: 'silent', PROCESSES: ['api'], DRAIN_NOTICE_MS: 0 };
  const started = await startServer(quiet, { announce: false, withinMs: START_WITHIN_MS })();
  if (E.isLeft(started)) throw new CallFailed(started.left);
  return reached(started.right.url, token, started.right.stop);
};

/** Of the server beside the data: its operators' token, else the key it made for this command line. */
const ownToken = (config: Config): string | undefined =>
  config.ADMIN_TOKEN ?? readPrivate(ownKeyPath(config)) ?? undefined;

const answers = (url: string): Promise<boolean> =>
  fetch(new URL('/health/live', url), { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).then(
    () => true,
    () => false,
  );

/** Where the server listens that has the data: two may not write to them, so where it cannot be reached nothing can be done. */
const urlOf = async (directory: string, holder: LockHolder | null): Promise<string> => {
  const inUse = `The data directory ${directory} is in use by ${holderInWords(holder)}`;
  if (holder === null || holder.url === null)
    throw new CallFailed(`${inUse}. It does not listen for calls yet; try again.`);
  if (holder.host === hostname() && (await answers(holder.url))) return holder.url;
  throw new CallFailed(`${inUse}. It cannot be reached from here: run this command there, or name it with --url.`);
};

/** The server named by `--url`; else the one that has DATA_DIR; else the data itself. Rejects with CallFailed. */
export const reachServer = async (url: string | undefined, token: string | undefined): Promise<Reached> => {
  if (url !== undefined) return reached(url, token ?? process.env['ADMIN_TOKEN']);
  const config = configured();
  if (!isEmbedded(config)) return openHere(config);
  const found = findHolder(config.DATA_DIR);
  if (found.held) return reached(await urlOf(config.DATA_DIR, found.holder), token ?? ownToken(config));
  if (!existsSync(config.DATA_DIR))
    throw new CallFailed(
      `There is no data in ${config.DATA_DIR}: name a server with --url, or a directory with DATA_DIR`,
    );
  return openHere(config);
};
