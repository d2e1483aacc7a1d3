import { randomUUID } from 'node:crypto';
import { either as E } from 'fp-ts';
import { type Leases } from '../../src/application/ports/leases.js';
import { answerOf } from '../support/answer-of.js';
import { eventually } from '../support/eventually.js';

export interface OpenedLeases {
  /** Two who compete: of two processes where there can be two, else the same one twice. */
  readonly one: Leases;
  readonly other: Leases;
  readonly close: () => Promise<void>;
}

/** What all leases promise. */
export const leasesContract = (name: string, open: () => Promise<OpenedLeases>): void => {
  describe(`${name}, leases`, () => {
    let opened: OpenedLeases;
    let task: string;
    beforeEach(async () => {
      opened = await open();
      task = `task-${randomUUID()}`;
    });
    afterEach(() => opened.close());
    const never = new AbortController().signal;

    it('are held by one at a time, and go to who waits when released', async () => {
      const first = await answerOf(opened.one.acquire(task, never));
      let second = false;
      const waiting = answerOf(opened.other.acquire(task, never)).then((lease) => {
        second = true;
        return lease;
      });
      const bystander = await answerOf(opened.other.acquire(`${task}-other`, never));
      await bystander.release();
      expect(second).toBe(false);
      await first.release();
      await (await waiting).release();
    });

    it('never have two holders, however many ask', async () => {
      let holders = 0;
      let most = 0;
      const work = async (leases: Leases) => {
        const lease = await answerOf(leases.acquire(task, never));
        most = Math.max(most, ++holders);
        await new Promise((resolve) => setImmediate(resolve));
        holders--;
        await lease.release();
      };
      await Promise.all(Array.from({ length: 6 }, (_, n) => work(n % 2 === 0 ? opened.one : opened.other)));
      expect(most).toBe(1);
    });

    it('are given up by aborting, before and while waiting', async () => {
      const lease = await answerOf(opened.one.acquire(task, never));
      expect(await opened.other.acquire(task, AbortSignal.abort())()).toEqual(E.left('Aborted'));
      const waiting = new AbortController();
      const given = opened.other.acquire(task, waiting.signal)();
      waiting.abort();
      expect(await given).toEqual(E.left('Aborted'));
      await lease.release();
      await (await answerOf(opened.one.acquire(task, never))).release();
    });

    it('may be released twice without hurting the next holder', async () => {
      const first = await answerOf(opened.one.acquire(task, never));
      await first.release();
      const second = await answerOf(opened.other.acquire(task, never));
      await first.release();
      let third = false;
      const waiting = answerOf(opened.one.acquire(task, never)).then((lease) => {
        third = true;
        return lease;
      });
      await (await answerOf(opened.one.acquire(`${task}-other`, never))).release();
      expect(third).toBe(false);
      await second.release();
      await (await waiting).release();
      await eventually(() => third);
    });
  });
};
