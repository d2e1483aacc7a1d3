import { EngineAway, retryWhileEngineAway } from '../../src/infrastructure/engines/retry-while-engine-away.js';

const nothing = (): void => undefined;

/** Remembers what it warned of. */
const logging = () => {
  const warned: string[] = [];
  return {
    warned,
    log: { debug: nothing, info: nothing, error: nothing, warn: (_: object, line: string) => void warned.push(line) },
  };
};

describe('a start that needs an engine which does not answer yet', () => {
  test('is repeated until it answers, and one line names the engine', async () => {
    const { warned, log } = logging();
    let tries = 0;
    const started = await retryWhileEngineAway(log)(async () => {
      tries += 1;
      if (tries < 3) throw new EngineAway('message log');
      return 'started';
    });
    expect([started, warned]).toEqual(['started', ['Waiting: the message log does not answer yet']]);
  });

  test('fails at once with anything else', async () => {
    const broken = async (): Promise<never> => Promise.reject(new Error('the port is taken'));
    await expect(retryWhileEngineAway(logging().log)(broken)).rejects.toThrow('the port is taken');
  });

  test('is given up after its time, where there is one', async () => {
    const away = async (): Promise<never> => Promise.reject(new EngineAway('event store'));
    await expect(retryWhileEngineAway(logging().log, 0)(away)).rejects.toThrow('The event store does not answer');
  });
});
