import { either as E } from 'fp-ts';
import { waitingRoomDecider, type WaitingRoomCommand } from '../../../src/domain/waiting-room/decider.js';
import { type WaitingRoomEvent } from '../../../src/domain/waiting-room/events.js';
import { type WaitingRoom } from '../../../src/domain/waiting-room/waiting-room.js';
import {
  activated,
  admit,
  claim,
  claimed,
  complete,
  completed,
  configure,
  expire,
  expired,
  extended,
  given,
  join,
  joined,
  leave,
  left,
  minute,
  noon,
  opened,
  paced,
  resumed,
  second,
} from './language.js';

describe('joining', () => {
  it('lets people in at once while places are free', () =>
    given(opened({ activeLimit: 1 }))
      .when(join('ana'))
      .then(joined('ana', 1), activated('ana', 1)));

  it('lets people wait when all places are taken', () =>
    given(opened(), joined('ana', 1), activated('ana', 1)).when(join('ben')).then(joined('ben', 2)));

  it('is one place a user, however many tabs', () =>
    given(opened(), joined('ana', 1), activated('ana', 1), joined('ben', 2)).when(join('ben')).thenNothing());

  it('is a new place at the tail for someone whose place has ended', () =>
    given(opened(), joined('ana', 1), activated('ana', 1), joined('ben', 2), left('ben', 2))
      .when(join('ben'))
      .then(joined('ben', 3)));

  it('needs a schedule', () => given().when(join('ana')).thenRejected('SCHEDULE_NOT_FOUND'));
});

describe('a freed place', () => {
  const full = [opened(), joined('ana', 1), activated('ana', 1), joined('ben', 2), joined('cem', 3)];

  it('goes to the next in line when its holder leaves', () =>
    given(...full)
      .when(leave('ana'))
      .then(left('ana', 1), activated('ben', 2)));

  it('goes to the next in line when its holder has what they came for', () =>
    given(...full)
      .when(complete('ana'))
      .then(completed('ana', 1), activated('ben', 2)));

  it('passes over who has left the line', () =>
    given(...full, left('ben', 2))
      .when(leave('ana'))
      .then(left('ana', 1), activated('cem', 3)));

  it('is not made by someone who only waits', () =>
    given(...full)
      .when(leave('ben'))
      .then(left('ben', 2)));

  it('is not left twice', () =>
    given(...full, left('ana', 1), activated('ben', 2))
      .when(leave('ana'))
      .thenNothing());
});

describe('the limit', () => {
  const twoIn = [
    opened({ activeLimit: 2 }),
    joined('ana', 1),
    activated('ana', 1),
    joined('ben', 2),
    activated('ben', 2),
  ];

  it('raised, lets in at once', () =>
    given(...twoIn, joined('cem', 3))
      .when(configure({ activeLimit: 3 }))
      .then(opened({ activeLimit: 3 }), activated('cem', 3)));

  it('lowered, evicts no one and lets no one in until the room has drained', () =>
    given(...twoIn, joined('cem', 3), opened({ activeLimit: 1 }))
      .when(leave('ana'))
      .then(left('ana', 1)));

  it('set to what it is, is no change', () =>
    given(...twoIn)
      .when(configure({ activeLimit: 2 }))
      .thenNothing());
});

describe('admissions per second', () => {
  const slow = opened({ activeLimit: 10, admitPerSecond: 1 });

  it('are held back when this second has had its share, and say when they go on', () =>
    given(slow, joined('ana', 1), activated('ana', 1))
      .when(join('ben'))
      .then(joined('ben', 2), paced(noon + second)));

  it('are announced once', () =>
    given(slow, joined('ana', 1), activated('ana', 1), joined('ben', 2), paced(noon + second))
      .when(join('cem'))
      .then(joined('cem', 3)));

  it('go on in the next second', () =>
    given(slow, joined('ana', 1), activated('ana', 1), joined('ben', 2), paced(noon + second))
      .when(admit(noon + second))
      .then(resumed(noon + second), activated('ben', 2, noon + second)));

  it('are announced no more when the moment has come and nobody waits', () =>
    given(slow, joined('ana', 1), activated('ana', 1), joined('ben', 2), paced(noon + second), left('ben', 2))
      .when(admit(noon + second))
      .then(resumed(noon + second)));
});

describe('a limit raised by thousands', () => {
  const crowd = Array.from({ length: 1_200 }, (_, n) => joined(`user-${n}`, n + 1));
  const afterwards = (events: ReadonlyArray<WaitingRoomEvent>): WaitingRoom =>
    events.reduce(waitingRoomDecider.evolve, waitingRoomDecider.initial);
  const decided = (command: WaitingRoomCommand, room: WaitingRoom): ReadonlyArray<WaitingRoomEvent> =>
    E.getOrElse((): ReadonlyArray<WaitingRoomEvent> => [])(waitingRoomDecider.decide(command, room));

  it('lets people in by the hundreds, each decision announcing the next, until all are in', () => {
    let room = afterwards([opened({ activeLimit: 0 }), ...crowd]);
    const rounds: number[] = [];
    for (let command: WaitingRoomCommand = configure({ activeLimit: 5_000 }); ; command = admit()) {
      const events = decided(command, room);
      room = events.reduce(waitingRoomDecider.evolve, room);
      rounds.push(events.filter(({ type }) => type === 'TokenActivated').length);
      if (!events.some(({ type }) => type === 'AdmissionPaced')) break;
    }
    expect(rounds).toStrictEqual([500, 500, 200]);
    expect(room.status === 'Open' && [room.active, room.queue.size]).toStrictEqual([1_200, 0]);
  });
});

describe('a deadline', () => {
  const waiting = [opened(), joined('ana', 1), activated('ana', 1), joined('ben', 2)];

  it('ends a waiting place nobody has been seen at for five minutes', () =>
    given(...waiting)
      .when(expire('ben', noon + 5 * minute))
      .then(expired('ben', 2, 'IDLE', noon + 5 * minute)));

  it('moves when the holder was seen since', () =>
    given(...waiting)
      .when(expire('ben', noon + 5 * minute, noon + 4 * minute))
      .then(extended('ben', noon + 9 * minute, noon + 5 * minute)));

  it('does nothing before its time', () =>
    given(...waiting)
      .when(expire('ben', noon + 4 * minute))
      .thenNothing());

  it('gives a promoted place on that nobody has claimed, seen or not', () =>
    given(...waiting)
      .when(expire('ana', noon + minute, noon + minute))
      .then(expired('ana', 1, 'UNCLAIMED', noon + minute), activated('ben', 2, noon + minute)));

  it('ends an active place at its absolute cap, however busy its holder', () =>
    given(...waiting, claimed('ana'))
      .when(expire('ana', noon + 10 * minute, noon + 10 * minute))
      .then(expired('ana', 1, 'TIME_OVER', noon + 10 * minute), activated('ben', 2, noon + 10 * minute)));

  it('ends an active place left idle', () =>
    given(...waiting, claimed('ana'))
      .when(expire('ana', noon + 2 * minute))
      .then(expired('ana', 1, 'IDLE', noon + 2 * minute), activated('ben', 2, noon + 2 * minute)));
});

describe('claiming', () => {
  it('is for who has been let in', () =>
    given(opened({ activeLimit: 0 }), joined('ana', 1))
      .when(claim('ana'))
      .thenRejected('TOKEN_NOT_ACTIVE'));

  it('counts once', () => {
    given(opened(), joined('ana', 1), activated('ana', 1)).when(claim('ana')).then(claimed('ana'));
    given(opened(), joined('ana', 1), activated('ana', 1), claimed('ana')).when(claim('ana')).thenNothing();
  });
});
