import { type WaitingRoomEvent } from '../../../src/domain/waiting-room/events.js';
import { waitingRoomDecider, type WaitingRoomCommand } from '../../../src/domain/waiting-room/decider.js';
import { either as E } from 'fp-ts';
import fc from 'fast-check';
import { aheadOf, etaSeconds } from '../../../src/application/waiting-room/place-in-line.js';
import {
  scheduleDocumentId,
  tokenDocumentId,
  userDocumentId,
  type WaitingDocument,
} from '../../../src/application/waiting-room/documents.js';
import { crowdDocumentIds } from '../../../src/application/waiting-room/crowd.js';
import { waitingRoomsView } from '../../../src/application/waiting-room/waiting-rooms.js';
import { complete, configure, expire, join, leave, minute, noon, second } from '../../domain/waiting-room/language.js';
import { recorded } from '../../support/in-memory/recorded.js';
import { examples } from '../../support/examples.js';

/** A room decided and folded as it would be, one command after another. */
const room = () => {
  const documents = new Map<string, WaitingDocument | null>();
  let state = waitingRoomDecider.initial;
  let position = 0;
  const see = (event: WaitingRoomEvent): void => {
    const each = recorded(event, position++, 'waitingRoom-concert');
    for (const id of waitingRoomsView.documentIds(each))
      documents.set(id, waitingRoomsView.fold(documents.get(id) ?? null, each, id));
  };
  const find = <K extends WaitingDocument['kind']>(
    kind: K,
    id: string,
  ): Extract<WaitingDocument, { kind: K }> | null => {
    const isOf = (found: WaitingDocument | null | undefined): found is Extract<WaitingDocument, { kind: K }> =>
      found?.kind === kind;
    const found = documents.get(id);
    return isOf(found) ? found : null;
  };
  return {
    documents,
    state: () => state,
    carryOut: (command: WaitingRoomCommand): void => {
      const events = E.getOrElse((): ReadonlyArray<WaitingRoomEvent> => [])(waitingRoomDecider.decide(command, state));
      state = events.reduce(waitingRoomDecider.evolve, state);
      events.forEach(see);
    },
    schedule: () => find('schedule', scheduleDocumentId('concert')),
    token: (user: string) => find('token', tokenDocumentId(`token-of-${user}`)),
    user: (user: string) => find('user', userDocumentId('concert', user)),
    ahead: (user: string): number | null => {
      const token = find('token', tokenDocumentId(`token-of-${user}`));
      const schedule = find('schedule', scheduleDocumentId('concert'));
      if (token === null || schedule === null || token.status !== 'Waiting') return null;
      const crowd = crowdDocumentIds('concert', token.place).map((id) => find('crowd', id));
      return aheadOf(token.place, schedule, crowd);
    },
  };
};

describe('what queries see of a waiting room', () => {
  it('counts who is ahead exactly, across the ranges in which places are counted', () => {
    const world = room();
    world.carryOut(configure({ activeLimit: 1 }));
    for (let n = 1; n <= 1_700; n++) world.carryOut(join(`u${n}`));
    expect([world.ahead('u2'), world.ahead('u501'), world.ahead('u1700')]).toStrictEqual([0, 499, 1_698]);
    for (const gone of [3, 700, 1_699]) world.carryOut(leave(`u${gone}`));
    expect([world.ahead('u501'), world.ahead('u1700')]).toStrictEqual([498, 1_695]);
    for (let n = 1; n <= 600; n++) world.carryOut(leave(`u${n}`));
    expect(world.ahead('u1700')).toBe(1_700 - 600 - 1 - 1 - 2);
    expect(world.schedule()).toMatchObject({ active: 1, waiting: 1_700 - 600 - 1 - 2 });
  });

  it('reads as little where twenty thousand wait as where a hundred do, and keeps nothing of where nobody waits any more', () => {
    const world = room();
    const size = (user: string): number => {
      const ids = [scheduleDocumentId('concert'), ...crowdDocumentIds('concert', world.token(user)?.place ?? 0)];
      return ids.reduce((sum, id) => sum + JSON.stringify(world.documents.get(id) ?? null).length, 0);
    };
    world.carryOut(configure({ activeLimit: 1 }));
    for (let n = 1; n <= 130; n++) world.carryOut(join(`u${n}`));
    const small = size('u130');
    for (let n = 131; n <= 20_000; n++) world.carryOut(join(`u${n}`));
    expect(world.ahead('u20000')).toBe(19_998);
    expect(size('u20000')).toBeLessThan(3 * small);
    for (let n = 7; n < 20_000; n += 7) world.carryOut(leave(`u${n}`));
    for (const n of [64, 4_097, 8_192, 20_000]) expect(world.ahead(`u${n}`)).toBe(n - 2 - Math.floor((n - 1) / 7));
    for (let n = 1; n < 20_000; n++) world.carryOut(complete(`u${n}`));
    expect(world.ahead('u20000')).toBeNull();
    expect([...world.documents.values()].filter((document) => document?.kind === 'crowd')).toHaveLength(0);
    expect(world.schedule()).toMatchObject({ active: 1, waiting: 0 });
  });

  it('knows the one live token of a user, and what became of the ones before', () => {
    const world = room();
    world.carryOut(configure({ activeLimit: 1 }));
    world.carryOut(join('ana'));
    expect(world.user('ana')).toMatchObject({ isLive: true });
    world.carryOut(complete('ana'));
    expect([world.user('ana')?.isLive, world.token('ana')?.status]).toStrictEqual([false, 'Completed']);
  });

  it('measures how fast people get in, and does not know until somebody who waited has', () => {
    const world = room();
    world.carryOut(configure({ activeLimit: 10 }));
    for (let n = 0; n < 50; n++) world.carryOut(join(`u${n}`));
    const schedule = () => {
      const found = world.schedule();
      if (found === null) throw new Error('no schedule');
      return found;
    };
    expect(etaSeconds(5, schedule(), noon + minute)).toBeNull();
    for (let n = 0; n < 20; n++) world.carryOut(leave(`u${n}`, noon + n * second));
    expect(etaSeconds(10, schedule(), noon + 20 * second)).toBe(10);
    expect(etaSeconds(10, schedule(), noon + 10 * minute)).toBeNull();
    world.carryOut(configure({ activeLimit: 0 }, noon + 20 * second));
    expect(etaSeconds(10, schedule(), noon + 20 * second)).toBeNull();
  });

  it('whatever happens: its counts are those of the room, and no position ever gets worse', () => {
    const user = fc.integer({ min: 1, max: 30 }).map((n) => `u${n}`);
    const command = fc.oneof(
      { weight: 5, arbitrary: user.map((who) => (at: number) => join(who, at)) },
      { weight: 2, arbitrary: user.map((who) => (at: number) => leave(who, at)) },
      { weight: 1, arbitrary: user.map((who) => (at: number) => expire(who, at)) },
      { weight: 1, arbitrary: user.map((who) => (at: number) => complete(who, at)) },
      {
        weight: 1,
        arbitrary: fc.integer({ min: 0, max: 6 }).map((limit) => (at: number) => configure({ activeLimit: limit }, at)),
      },
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        const world = room();
        world.carryOut(configure({ activeLimit: 2 }));
        let at = noon;
        const before = new Map<string, { readonly place: number; readonly ahead: number }>();
        for (const next of commands) {
          world.carryOut(next((at += minute)));
          const state = world.state();
          if (state.status === 'Unknown') throw new Error('no room');
          expect(world.schedule()).toMatchObject({ active: state.active, waiting: state.queue.size });
          for (let n = 1; n <= 30; n++) {
            const [ahead, token] = [world.ahead(`u${n}`), world.token(`u${n}`)];
            if (ahead === null || token === null) continue;
            const known = before.get(`u${n}`);
            if (known?.place === token.place) expect(ahead).toBeLessThanOrEqual(known.ahead);
            expect(ahead).toBe(state.queue.filter((_, place) => place < token.place).size);
            before.set(`u${n}`, { place: token.place, ahead });
          }
        }
      }),
      { numRuns: examples(15) },
    );
  });
});
