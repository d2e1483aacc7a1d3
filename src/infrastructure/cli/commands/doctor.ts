import { type Command } from 'commander';
import { either as E } from 'fp-ts';
import { z } from 'zod';
import { loadConfig, type Config } from '../../config/load-config.js';
import { isEmbedded } from '../../engines/is-embedded.js';
import { systemClock } from '../../system/system-clock.js';
import { locally } from '../command.js';
import { checkEngines } from '../doctor/check-engines.js';
import { checkIssuer } from '../doctor/check-issuer.js';
import { checkDataDirectory, checkKeys, checkNode, checkPorts, checkSecretFiles } from '../doctor/check-machine.js';
import { type Finding, ok, wrong } from '../doctor/finding.js';
import { storedWebhooks } from '../../../application/notices/webhooks/stored-webhooks.js';
import { storedEvents } from '../history/stored-events.js';

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
