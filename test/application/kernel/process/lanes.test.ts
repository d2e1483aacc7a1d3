import { type Lanes, lanes } from '../../../../src/application/kernel/process/lanes.js';
import { type Acted } from '../../../../src/application/kernel/process/put-off.js';

const BACKLOG = 100;

describe('work by key, on two places', () => {
  const setUp = () => {
    const begun: string[] = [];
    const work: Lanes = lanes({ sideBySide: 2, mostWaiting: 1_000, onDone: () => undefined });
    let next = 0;
    const add = (key: string, act: () => Promise<Acted>): void =>
      work.add(key, (next += 1), () => {
        begun.push(key);
        return act();
      });
    /** As one ends, the next new key comes: there is always one that waits for its turn. */
    const addNew = (number: number): void => {
      if (number <= BACKLOG)
        add(`new-${number}`, async () => {
          await Promise.resolve();
          addNew(number + 3);
          return true;
        });
    };
    return { work, begun, add, addNew };
  };

  it('tries again what has rested, however many others wait for their turn', async () => {
    const { work, begun, add, addNew } = setUp();
    const again = async (): Promise<Acted> => {
      begun.push('put off');
      return true;
    };
    add('put off', async () => ({ rested: Promise.resolve(), again }));
    for (const number of [1, 2, 3]) addNew(number);
    await work.idle();
    expect(begun).toHaveLength(BACKLOG + 2);
    expect(begun.lastIndexOf('put off')).toBeLessThan(BACKLOG / 2);
  });

  it('leaves a place to the others, however often something is put off', async () => {
    const { work, begun, add, addNew } = setUp();
    const putOff = (key: string, times: number): Acted =>
      times === 0 ? true : { rested: Promise.resolve(), again: async () => (begun.push(key), putOff(key, times - 1)) };
    for (const key of ['a', 'b', 'c']) add(key, async () => putOff(key, BACKLOG));
    for (const number of [1, 2, 3]) addNew(number);
    await work.idle();
    const ofOthers = begun.flatMap((key, at) => (key.startsWith('new') ? [at] : []));
    expect(ofOthers).toHaveLength(BACKLOG);
    expect(ofOthers.at(-1)).toBeLessThan(begun.length - BACKLOG / 2);
  });
});
