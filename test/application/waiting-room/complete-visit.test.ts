import { z } from 'zod';
import { WAITING_TOKEN } from '../../../src/application/kernel/messaging/topics.js';
import { completionOf, toWaitingMessage } from '../../../src/application/waiting-room/waiting-messages.js';
import { answerOf } from '../../support/answer-of.js';
import { eventually } from '../../support/eventually.js';
import { SECOND, waitingWorld } from './world.js';

describe('a visit that is completed', () => {
  let world: Awaited<ReturnType<typeof waitingWorld>>;
  beforeEach(async () => {
    world = await waitingWorld();
    await world.configure(1);
  });
  afterEach(() => world.close());

  const becomes = (tokenId: string, status: string): Promise<unknown> =>
    eventually(async () => {
      world.clock.move(0);
      expect(await world.ask(tokenId)).toMatchObject({ status });
    });

  it('is the one that was going on then: the place of who came before is given on', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    await world.complete('ana', world.clock.now());
    await becomes(ana.tokenId, 'COMPLETED');
    await becomes(ben.tokenId, 'ACTIVE');
  });

  it('is not one begun later: who came back for more keeps their place, however often the first is completed', async () => {
    const bought = world.clock.now();
    world.clock.move(SECOND);
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    await world.complete('ana', bought);
    // Decided in order: what ana asks next is decided after it.
    await world.complete('nobody');
    await world.join('cem');
    expect(await world.ask(ana.tokenId)).toMatchObject({ status: 'ACTIVE' });
    expect(await world.ask(ben.tokenId)).toMatchObject({ status: 'PENDING' });
  });

  it('is the visit that was named, also when its user has begun another before it is decided', async () => {
    const first = await world.join('ana');
    await world.leave(first.tokenId);
    const second = await world.join('ana');
    expect(second.tokenId).not.toBe(first.tokenId);
    const { tokenId } = first;
    const named = { eventType: 'TOKEN_COMPLETE', scheduleId: 'concert', userId: 'ana' } as const;
    const message = toWaitingMessage({ ...named, tokenId, requestId: completionOf(tokenId) }, world.clock.now(), {
      correlationId: 'test',
    });
    expect(message.headers).toMatchObject({ 'event-version': '2' });
    const { 'event-version': _, ...ofFirstVersion } = message.headers;
    const { tokenId: __, ...body } = z.looseObject({ tokenId: z.string() }).parse(JSON.parse(message.value));
    const late = [message, { ...message, headers: ofFirstVersion, value: JSON.stringify(body) }];
    for (const each of late) await answerOf(world.messageLog.publish(WAITING_TOKEN, each));
    await world.join('ben');
    expect(await world.peek(second.tokenId)).toBe('Promoted');
    expect(await world.verify()).toMatchObject({ verdict: 'PASS' });
  });

  it('is nothing to somebody who has no place', async () => {
    await world.complete('nobody', world.clock.now());
    expect(await world.join('ana')).toMatchObject({ status: 'ACTIVE' });
  });
});
