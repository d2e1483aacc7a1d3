import { either as E } from 'fp-ts';
import { storedWebhooks } from '../../../application/notices/webhooks/stored-webhooks.js';
import { type Config } from '../../config/load-config.js';
import { storedEvents } from '../history/stored-events.js';
import { type Finding, wrong } from './finding.js';

/** Endpoints whose messages nobody can sign. Where the events cannot be read, another check says why. */
export const checkWebhooks = async (config: Config): Promise<ReadonlyArray<Finding>> => {
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
