import { type SecondClock } from '../../../application/ports/second-clock.js';
import { type Log } from '../../../application/ports/log.js';
import { type RedisConnection } from '../connection.js';
import { orFault, texts } from '../reply.js';

/** The clock of the machine Redis runs on. */
export const redisClock = (connection: RedisConnection, log: Log): SecondClock => {
  const ask = orFault(log, 'ClockUnavailable', 'The clock of Redis could not be read');
  return {
    now: () =>
      ask(async () => {
        const [seconds = '', micros = ''] = texts(await connection.hot((redis) => redis.time()));
        return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
      }),
  };
};
