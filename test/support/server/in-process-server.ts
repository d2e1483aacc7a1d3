import { either as E } from 'fp-ts';
import { loadConfig } from '../../../src/infrastructure/config/load-config.js';
import { type RunningServer, type ServerOptions, startServer } from '../../../src/infrastructure/start-server.js';

/** A whole embedded server in this process, on any free port. Whoever starts it stops it. */
export const startInProcess = async (
  directory: string,
  variables: Readonly<Record<string, string>> = {},
  options: ServerOptions = {},
): Promise<RunningServer> => {
  const config = loadConfig({ DATA_DIR: directory, HTTP_PORT: '0', LOG_LEVEL: 'error', ...variables });
  if (E.isLeft(config)) throw new Error(config.left.join('\n'));
  const server = await startServer(config.right, options)();
  if (E.isLeft(server)) throw new Error(server.left);
  return server.right;
};
