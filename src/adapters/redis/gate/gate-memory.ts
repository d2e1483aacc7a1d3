import { option as O } from 'fp-ts';
import { randomUUID } from 'node:crypto';
import { type GateMemory } from '../../../application/ports/gate-memory.js';
import { type Log } from '../../../application/ports/log.js';
import { type RedisConnection } from '../connection.js';
import { items, text } from '../reply.js';
import { run, script } from '../script.js';
import { asking, word } from './act.js';
import { MEMORY } from './keys.js';

/**
 * The loss to repair, '' for none. Memory is whole only for the server process it was declared whole for: another one
 * (a restart, a failover) may have forgotten the last of what it was told.
 * KEYS: memory. ARGV: run id of the server, a name for the loss if it is a new one, '1' to lose memory whatever it is.
 */
const lossScript = script(`
local memory = redis.call('HMGET', KEYS[1], 'whole', 'loss', 'server')
if ARGV[3] == '' then
  if memory[1] == ARGV[1] then return {''} end
  if memory[2] and memory[3] == ARGV[1] then return {memory[2]} end
end
redis.call('HSET', KEYS[1], 'whole', '', 'loss', ARGV[2], 'server', ARGV[1])
return {ARGV[2]}
`);

/** Memory is whole again, if it was not lost once more. KEYS: memory. ARGV: run id of the server, the loss repaired. */
const repairedScript = script(`
local memory = redis.call('HMGET', KEYS[1], 'loss', 'server')
if memory[1] ~= ARGV[2] or memory[2] ~= ARGV[1] then return {'0'} end
redis.call('HSET', KEYS[1], 'whole', ARGV[1])
return {'1'}
`);

export interface RedisGateMemory extends GateMemory {
  /**
   * Runs a look-up that may find nothing. Nothing found is only believed when memory was whole before and after, with no
   * loss and no repair in between; else it rejects.
   */
  readonly believing: <A>(lookUp: () => Promise<O.Option<A>>) => Promise<O.Option<A>>;
  /** A request was not taken down and may go past the gate: memory is lost, and all are told as soon as can be. */
  readonly suspect: () => void;
  readonly close: () => void;
}

const TELL_AGAIN_MS = 100;

export const redisGateMemory = (connection: RedisConnection, log: Log): RedisGateMemory => {
  /** How many requests went past the gate so far, and of how many Redis was told. */
  let [suspected, told] = [0, 0];
  const isUntold = (): boolean => told < suspected;
  let timer: NodeJS.Timeout | undefined;
  const currentLoss = async (): Promise<string> => {
    const [telling, force] = [suspected, isUntold() ? '1' : ''];
    const reply = await connection.hot((redis) =>
      run(redis, lossScript, [MEMORY], [connection.runId(), randomUUID(), force]),
    );
    told = Math.max(told, telling);
    return word(items(reply));
  };
  const whole = async (): Promise<string | null> => {
    const [server, loss] = items(await connection.hot((redis) => redis.hmget(MEMORY, 'whole', 'loss')));
    return server === connection.runId() ? text(loss) : null;
  };
  const tell = async (): Promise<void> => {
    if (isUntold()) await currentLoss().catch(() => undefined);
    timer = undefined;
    if (isUntold()) tellSoon();
  };
  const tellSoon = (): void => {
    timer ??= setTimeout(() => void tell(), TELL_AGAIN_MS).unref();
  };
  return {
    believing: async (lookUp) => {
      // Sent in this order on one connection.
      const [before, found] = await Promise.all([whole(), lookUp()]);
      if (O.isSome(found)) return found;
      if (isUntold() || before === null || before !== (await whole()))
        throw new Error('Not found, but memory was lost');
      return found;
    },
    suspect: () => {
      suspected += 1;
      tellSoon();
    },
    close: () => clearTimeout(timer),
    loss: () =>
      asking(log)(async () => {
        const loss = await currentLoss();
        return loss === '' ? O.none : O.some(loss);
      }),
    repaired: (loss) =>
      asking(log)(async () => {
        const reply = await connection.hot((redis) => run(redis, repairedScript, [MEMORY], [connection.runId(), loss]));
        return word(items(reply)) === '1' && !isUntold();
      }),
  };
};
