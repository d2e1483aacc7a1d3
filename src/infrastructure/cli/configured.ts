import { either as E } from 'fp-ts';
import { type Config, loadConfig } from '../config/load-config.js';
import { CallFailed } from './failures.js';

/** The environment of this command. Throws CallFailed with every fault of it. */
export const configured = (): Config => {
  const config = loadConfig(process.env);
  if (E.isLeft(config)) throw new CallFailed(config.left.join('\n'));
  return config.right;
};
