import { type Command } from 'commander';
import { either as E } from 'fp-ts';
import { z } from 'zod';
import { DEV_ISSUER } from '../../../adapters/identity/dev-issuer.js';
import { ALGORITHMS, countUsable, loggable, readIssuerKeys, whyAway } from '../../../adapters/identity/issuer-keys.js';
import { storedWebhooks } from '../../../application/notices/webhooks/stored-webhooks.js';
import { type Config, loadConfig } from '../../config/load-config.js';
import { isEmbedded } from '../../engines/engines.js';
import { issuerOf } from '../../identity/open-identity.js';
import { systemClock } from '../../system/system-clock.js';
import { locally } from '../command.js';
import { checkEngines } from '../doctor/check-engines.js';
import { checkDataDirectory, checkKeys, checkNode, checkPorts, checkSecretFiles } from '../doctor/check-machine.js';
import { type Finding, ok, wrong } from '../doctor/finding.js';
import { storedEvents } from '../history/engines.js';

/** The issuer of tokens, where there is one: whether its keys can be had, and verify tokens. */
const checkIssuer = async (config: Config): Promise<ReadonlyArray<Finding>> => {
  const { AUTH, AUTH_ISSUER, AUTH_JWKS_URL, AUTH_JWKS_FILE } = config;
  if (AUTH === 'off' || AUTH_ISSUER === undefined) return [];
  if (AUTH_ISSUER === DEV_ISSUER) return [ok('issuer', 'dev: its key is in the data directory')];
  const [name, place] =
    AUTH_JWKS_URL === undefined
      ? ['AUTH_JWKS_FILE', AUTH_JWKS_FILE ?? '']
      : ['AUTH_JWKS_URL', loggable(new URL(AUTH_JWKS_URL))];
  try {
    const jwks = issuerOf(config)?.jwks ?? { keys: [] };
    const keys = jwks instanceof URL ? await readIssuerKeys(jwks) : jwks;
    const said = `${countUsable(keys)} of the ${keys.keys.length} keys at ${place} verify tokens`;
    return [
      countUsable(keys) > 0
        ? ok('issuer', said)
        : wrong('issuer', `${said}: there must be one for signatures by ${ALGORITHMS.join(', ')}; or correct ${name}`),
    ];
  } catch (error) {
    const why = `The keys of the issuer cannot be fetched at ${place} (${whyAway(error)})`;
    return [wrong('issuer', `${why}: no token is accepted before; start the issuer, or correct ${name}`)];
  }
};

/** Endpoints whose messages nobody can sign. Where the events cannot be read, another check says why. */
const checkWebhooks = async (config: Config): Promise<ReadonlyArray<Finding>> => {
  const events = config.KEYS_SECRET === undefined ? await storedEvents(config).catch(() => null) : null;
  if (events === null) return [];
  try {
    const found = await storedWebhooks(events)();
    const count = E.isLeft(found) ? 0 : found.right.length;
    if (count === 0) return [];
    const said = `${count === 1 ? 'One endpoint is' : `${count} endpoints are`} told nothing, because nobody can sign`;
    return [wrong('webhooks', `${said}: set KEYS_SECRET to what it was, or delete them`)];
  } finally {
    await events.close();
  }
};

const examine = async (variables: NodeJS.ProcessEnv): Promise<ReadonlyArray<Finding>> => {
  const node = checkNode(process.versions.node);
  const config = loadConfig(variables);
  // Without a configuration nobody knows what else there is to look at.
  if (E.isLeft(config)) return [node, ...config.left.map((fault) => wrong('configuration', fault))];
  const engines = await checkEngines(config.right, systemClock);
  return [
    node,
    ok('configuration', 'every variable is valid'),
    ...(isEmbedded(config.right) ? await checkDataDirectory(config.right) : []),
    ...checkSecretFiles(config.right, variables),
    checkKeys(config.right),
    ...(await checkIssuer(config.right)),
    ...(await checkPorts(config.right)),
    ...engines,
    ...(engines.some(({ state }) => state === 'wrong') ? [] : await checkWebhooks(config.right)),
  ];
};

const MARKS = { ok: 'ok     ', warning: 'WARNING', wrong: 'WRONG  ' } as const;

/** `doctor`: whether a server with this environment would run well on this machine, and what to do where not. */
export const doctorCommand = (program: Command): void => {
  const doctor = program
    .command('doctor')
    .description('look at the configuration, the machine and the engines, and say what is wrong and what to do');
  locally(doctor, z.object({}), async (_, { print }) => {
    const findings = await examine(process.env);
    print({ findings }, () => findings.map(({ check, state, said }) => `${MARKS[state]} ${check}: ${said}`).join('\n'));
    return findings.some(({ state }) => state === 'wrong') ? 'failed' : 'done';
  });
};
