import { either as E } from 'fp-ts';
import fc from 'fast-check';
import { waitingRoomDecider, type WaitingRoomCommand } from '../../../src/domain/waiting-room/decider.js';
import { type WaitingRoomEvent } from '../../../src/domain/waiting-room/events.js';
import { secondOf, type WaitingRoom } from '../../../src/domain/waiting-room/waiting-room.js';
import { admit, claim, complete, configure, expire, join, leave, minute, noon, second } from './language.js';

const user = fc.integer({ min: 1, max: 12 }).map((n) => `user-${n}`);
const pace = fc.option(fc.integer({ min: 1, max: 3 }));

/** Commands come with the time that passes before them, for a clock that only goes on. */
const step = fc.tuple(
  fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: second }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 6 * minute }) },
  ),
  fc.oneof(
    { weight: 8, arbitrary: user.map((who) => (at: number) => join(who, at)) },
    { weight: 3, arbitrary: user.map((who) => (at: number) => claim(who, at)) },
    { weight: 2, arbitrary: user.map((who) => (at: number) => leave(who, at)) },
    { weight: 2, arbitrary: user.map((who) => (at: number) => complete(who, at)) },
    {
      weight: 4,
      arbitrary: fc.tuple(user, fc.boolean()).map(
        ([who, seen]) =>
          (at: number) =>
            expire(who, at, seen ? at - minute : null),
      ),
    },
    { weight: 2, arbitrary: fc.constant((at: number) => admit(at)) },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.integer({ min: 0, max: 5 }), pace).map(
        ([activeLimit, admitPerSecond]) =>
          (at: number) =>
            configure({ activeLimit, admitPerSecond }, at),
      ),
    },
  ),
);

interface Run {
  readonly room: WaitingRoom;
  readonly events: ReadonlyArray<WaitingRoomEvent>;
  readonly at: number;
}

const decide = (room: WaitingRoom, command: WaitingRoomCommand): ReadonlyArray<WaitingRoomEvent> =>
  E.getOrElse((): ReadonlyArray<WaitingRoomEvent> => [])(waitingRoomDecider.decide(command, room));

const begin = (): Run => {
  const events = decide(waitingRoomDecider.initial, configure({ activeLimit: 2 }));
  return { room: events.reduce(waitingRoomDecider.evolve, waitingRoomDecider.initial), events, at: noon };
};
const carryOut = (
  { room, events, at }: Run,
  [passed, command]: readonly [number, (at: number) => WaitingRoomCommand],
): Run => {
  const decided = decide(room, command(at + passed));
  return { room: decided.reduce(waitingRoomDecider.evolve, room), events: [...events, ...decided], at: at + passed };
};
const always = (holds: (before: Run, after: Run) => void): void =>
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      steps.reduce((before, next) => {
        const after = carryOut(before, next);
        holds(before, after);
        return after;
      }, begin());
    }),
  );
const activations = ({ events }: Run) => events.flatMap((event) => (event.type === 'TokenActivated' ? [event] : []));

describe('whatever happens in a waiting room', () => {
  it('nobody is let in above the limit', () =>
    always((before, after) => {
      if (before.room.status === 'Unknown' || after.room.status === 'Unknown') throw new Error('no room');
      if (after.room.active > before.room.active)
        expect(after.room.active).toBeLessThanOrEqual(after.room.terms.activeLimit);
    }));

  it('people are let in strictly in order of their places', () =>
    always((_, after) => {
      const places = activations(after).map(({ place }) => place);
      expect(places).toStrictEqual([...places].sort((a, b) => a - b));
    }));

  it('nobody who could be let in is left waiting, except for a moment that is announced', () =>
    always((_, { room }) => {
      if (room.status === 'Unknown') throw new Error('no room');
      const free = room.active < room.terms.activeLimit && room.queue.size > 0;
      if (free) expect(room.isPaced).toBe(true);
    }));

  it('no second lets in more than its share', () => {
    const limited = configure({ activeLimit: 100, admitPerSecond: 2 });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const end = steps
          .filter(([, command]) => command(noon).type !== 'ConfigureSchedule')
          .reduce(carryOut, carryOut(begin(), [0, () => limited]));
        const perSecond = activations(end).map(({ at }) => secondOf(at));
        for (const one of perSecond) expect(perSecond.filter((other) => other === one).length).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('its counts are those of its people', () =>
    always((_, { room }) => {
      if (room.status === 'Unknown') throw new Error('no room');
      expect(room.active).toBe(room.tokens.filter(({ status }) => status !== 'Waiting').size);
      expect(room.queue.size).toBe(room.tokens.filter(({ status }) => status === 'Waiting').size);
      expect(room.tokenOfUser.size).toBe(room.tokens.size);
    }));

  it('repeating what was just asked changes nothing', () =>
    always((before, after) => {
      const [last] = after.events.slice(before.events.length);
      if (last?.type === 'TokenJoined') expect(decide(after.room, join(last.userId, after.at))).toStrictEqual([]);
    }));
});
