import { taskEither as TE } from 'fp-ts';
import { z } from 'zod';
import { type Begun, type IdempotencyKeys } from '../../../application/ports/idempotency.js';
import { type Log } from '../../../application/ports/log.js';
import { type RedisConnection } from '../connection.js';
import { items, text } from '../reply.js';
import { run, type Script } from '../script.js';
import { answerScript, beginScript, forgetScript } from './scripts.js';

const KEEP_MS = 24 * 60 * 60 * 1_000;
const MAY_RUN_MS = 60_000;

const storedResponse = z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.string() });

const begun = (reply: ReadonlyArray<unknown>): Begun => {
  const answer = text(reply[0]);
  switch (answer) {
    case 'First':
    case 'Running':
    case 'OtherRequest':
      return { begun: answer };
    case 'Answered':
      return { begun: answer, response: storedResponse.parse(JSON.parse(text(reply[1]))) };
    default:
      throw new Error(`Unknown answer of the idempotency keys: ${answer}`);
  }
};

/** Idempotency keys in Redis, shared by all processes. A wiped Redis knows none: what they guard is idempotent by its own ids. */
export const redisIdempotencyKeys = (connection: RedisConnection, log: Log): IdempotencyKeys => {
  const ask = <A>(
    script: Script,
    key: string,
    args: ReadonlyArray<string | number>,
    read: (reply: ReadonlyArray<unknown>) => A,
  ) =>
    TE.tryCatch(
      async () => read(items(await connection.hot((redis) => run(redis, script, [`idempotency:${key}`], args)))),
      (error): 'IdempotencyUnavailable' => {
        log.debug({ error: String(error) }, 'Idempotency keys in Redis did not answer');
        return 'IdempotencyUnavailable';
      },
    );
  const done = (): void => undefined;
  return {
    begin: (key, fingerprint, at) => ask(beginScript, key, [fingerprint, at, KEEP_MS, MAY_RUN_MS], begun),
    answer: (key, response) => ask(answerScript, key, [JSON.stringify(response), KEEP_MS], done),
    forget: (key) => ask(forgetScript, key, [], done),
  };
};
