import { type Redis } from 'ioredis';

/** So many that a write costs little for each of them, and so few that the server begins while this process goes on. */
const MOST = 16;

/**
 * The commands of one turn of the event loop leave in a few writes: the library writes each alone, and to write to a socket
 * costs this process more than most commands do.
 */
export const writeTogether = (redis: Redis): void => {
  redis.on('connect', () => {
    const { stream } = redis;
    const [write, end] = [stream.write.bind(stream), stream.end.bind(stream)];
    let held = '';
    let count = 0;
    const release = (): void => {
      const data = held;
      [held, count] = ['', 0];
      if (data !== '') write(data);
    };
    Object.assign(stream, {
      write: (data: string | Buffer) => {
        if (typeof data !== 'string') {
          release();
          return write(data);
        }
        if (count === 0) setImmediate(release);
        held += data;
        count += 1;
        if (count === MOST) release();
        return true;
      },
      end: () => {
        release();
        return end();
      },
    });
  });
};
