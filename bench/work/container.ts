import { either as E, type taskEither as TE } from 'fp-ts';
import { type Container } from 'inversify';
import { loadConfig } from '../../src/infrastructure/config/load-config.js';
import { openContainer } from '../../src/infrastructure/container/open-container.js';
import { createPinoLog } from '../../src/infrastructure/logging/pino-log.js';
import { retryWhileEngineAway } from '../../src/infrastructure/engines/retry-while-engine-away.js';
import { z } from 'zod';

/** The environment of the product, as a job carries it. */
export const variables = z.record(z.string(), z.string());

/** What must not fail here. */
export const must = async <A>(task: TE.TaskEither<unknown, A>): Promise<A> => {
  const answer = await task();
  if (E.isLeft(answer)) throw new Error(JSON.stringify(answer.left));
  return answer.right;
};

/** The product's own parts on its own engines, with nothing running yet. */
export const openProduct = async (given: z.infer<typeof variables>): Promise<Container> => {
  const config = loadConfig({ LOG_LEVEL: 'error', ...given });
  if (E.isLeft(config)) throw new Error(config.left.join('\n'));
  const log = createPinoLog({
    level: 'error',
    name: 'bench',
    destination: { write: (line) => process.stderr.write(line) },
  });
  return must(openContainer(config.right, log, retryWhileEngineAway(log, 0)));
};
