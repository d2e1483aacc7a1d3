import { type StreamGrant, type StreamTickets } from '../../src/application/ports/stream-tickets.js';
import { answerOf } from '../support/answer-of.js';
import { eventually } from '../support/eventually.js';

export interface StreamTicketsSetting {
  readonly one: StreamTickets;
  /** Of another process, where there are several. */
  readonly other: StreamTickets;
  readonly close: () => Promise<void>;
}

const grants: ReadonlyArray<StreamGrant> = [
  { userId: 'ana', validity: { kind: 'Until', at: 1_800_000_000_000 } },
  { userId: 'ben', validity: { kind: 'UntilRevoked', keyHash: 'hash-of-a-key' } },
  { userId: 'cho', validity: { kind: 'Always' } },
];

/** What every place that keeps tickets for streams promises. */
export const streamTicketsContract = (name: string, open: () => Promise<StreamTicketsSetting>): void => {
  describe(`tickets for streams ${name}`, () => {
    let setting: StreamTicketsSetting;
    beforeAll(async () => {
      setting = await open();
    });
    afterAll(() => setting.close());

    it.each(grants)('open what they were given for: the stream of $userId', async (grant) => {
      await answerOf(setting.one.keep(`for-${grant.userId}`, grant, 60_000));
      expect(await answerOf(setting.other.redeem(`for-${grant.userId}`))).toStrictEqual(grant);
    });

    it('are taken once, however many show the same one at the same moment', async () => {
      const [grant] = grants;
      if (grant === undefined) throw new Error('No example');
      await answerOf(setting.one.keep('shown-twice', grant, 60_000));
      const shown = await Promise.all(
        Array.from({ length: 20 }, (_, n) => answerOf((n % 2 ? setting.one : setting.other).redeem('shown-twice'))),
      );
      expect(shown.filter((found) => found !== null)).toStrictEqual([grant]);
    });

    it('that were never given, or have expired, open nothing', async () => {
      expect(await answerOf(setting.one.redeem('made-up'))).toBeNull();
      const [grant] = grants;
      if (grant === undefined) throw new Error('No example');
      // One for each look: a ticket that was looked at opens nothing more, expired or not.
      const unused = Array.from({ length: 1_000 }, (_, n) => `expiring-${n}`);
      for (const ticket of unused) await answerOf(setting.one.keep(ticket, grant, 1));
      await eventually(async () => {
        const ticket = unused.pop();
        if (ticket === undefined) throw new Error('No ticket has expired');
        expect(await answerOf(setting.one.redeem(ticket))).toBeNull();
      });
    });
  });
};
