import { randomUUID } from 'node:crypto';
import { type IdempotencyKeys } from '../../src/application/ports/idempotency.js';
import { answerOf } from '../support/answer-of.js';

export interface OpenedIdempotencyKeys {
  readonly keys: IdempotencyKeys;
  /** Closes this one and opens what it left behind, as after a restart. */
  readonly reopen: () => Promise<OpenedIdempotencyKeys>;
  readonly close: () => Promise<void>;
}

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** What every memory of idempotency keys promises. */
export const idempotencyContract = (name: string, open: () => Promise<OpenedIdempotencyKeys>): void => {
  describe(`${name}, a memory of idempotency keys`, () => {
    let opened: OpenedIdempotencyKeys;
    let key: string;
    const now = Date.now();
    const response = { status: 201, headers: { location: '/쿠폰/1' }, body: '{"couponId":"c-1","name":"🎟️"}' };
    beforeEach(async () => {
      opened = await open();
      key = randomUUID();
    });
    afterEach(() => opened.close());
    const begin = (at = now, fingerprint = 'POST /api/coupons abc', of = key) =>
      answerOf(opened.keys.begin(of, fingerprint, at));

    it('lets the first begin, and tells the next that it is still running', async () => {
      expect(await begin()).toEqual({ begun: 'First' });
      expect(await begin(now + 1_000)).toEqual({ begun: 'Running' });
    });

    it('lets one of many who come at once be the first', async () => {
      const begun = await Promise.all(Array.from({ length: 50 }, () => begin()));
      expect(begun.filter((one) => one.begun === 'First')).toHaveLength(1);
      expect(begun.filter((one) => one.begun === 'Running')).toHaveLength(49);
    });

    it('gives the first answer to everyone who comes later', async () => {
      await begin();
      await answerOf(opened.keys.answer(key, response));
      expect(await begin(now + MINUTE * 60)).toEqual({ begun: 'Answered', response });
      await answerOf(opened.keys.answer(key, { ...response, body: 'a second one' }));
      expect(await begin(now + MINUTE * 60)).toEqual({ begun: 'Answered', response });
    });

    it('knows another request under the same key, running or answered', async () => {
      await begin();
      expect(await begin(now, 'POST /api/coupons other')).toEqual({ begun: 'OtherRequest' });
      await answerOf(opened.keys.answer(key, response));
      expect(await begin(now, 'POST /api/coupons other')).toEqual({ begun: 'OtherRequest' });
    });

    it('begins the same request anew after an answer that was not final, and no other', async () => {
      await begin();
      await answerOf(opened.keys.reopen(key));
      expect(await begin(now + 1, 'POST /api/coupons other')).toEqual({ begun: 'OtherRequest' });
      expect(await begin(now + 1)).toEqual({ begun: 'First' });
      expect(await begin(now + 2)).toEqual({ begun: 'Running' });
      await answerOf(opened.keys.answer(key, response));
      await answerOf(opened.keys.reopen(key));
      expect(await begin(now + 3)).toEqual({ begun: 'Answered', response });
    });

    it('is free for any request once it is forgotten, unless there is an answer', async () => {
      await begin();
      await answerOf(opened.keys.forget(key));
      expect(await begin(now + 1, 'POST /api/coupons other')).toEqual({ begun: 'First' });
      await answerOf(opened.keys.answer(key, response));
      await answerOf(opened.keys.forget(key));
      expect(await begin(now + 2)).toEqual({ begun: 'OtherRequest' });
    });

    it('lets a request begin again that never ended, after a minute', async () => {
      await begin();
      expect(await begin(now + MINUTE - 1)).toEqual({ begun: 'Running' });
      expect(await begin(now + MINUTE)).toEqual({ begun: 'First' });
      expect(await begin(now + MINUTE + 1)).toEqual({ begun: 'Running' });
    });

    it('keeps keys apart, whatever they are made of', async () => {
      const keys = ['쿠폰', 'x'.repeat(5_000), '__proto__', ' ', 'a:b'].map((one) => `${one}${key}`);
      for (const one of keys) expect(await begin(now, 'same', one)).toEqual({ begun: 'First' });
      for (const one of keys) expect(await begin(now, 'same', one)).toEqual({ begun: 'Running' });
    });

    it('answers after a restart as before it', async () => {
      await begin();
      await answerOf(opened.keys.answer(key, response));
      opened = await opened.reopen();
      expect(await begin(now + 1)).toEqual({ begun: 'Answered', response });
    });

    it('remembers for the whole of a day', async () => {
      await begin();
      await answerOf(opened.keys.answer(key, response));
      expect(await begin(now + DAY - MINUTE)).toEqual({ begun: 'Answered', response });
    });
  });
};
