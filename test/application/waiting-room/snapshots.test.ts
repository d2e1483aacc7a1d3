import { either as E } from 'fp-ts';
import { waitingRoomAggregate } from '../../../src/application/waiting-room/waiting-room-aggregate.js';
import { type WaitingRoomEvent } from '../../../src/domain/waiting-room/events.js';
import { waitingRoomDecider, type WaitingRoomCommand } from '../../../src/domain/waiting-room/decider.js';
import { type WaitingRoom } from '../../../src/domain/waiting-room/waiting-room.js';
import { claim, configure, join, leave } from '../../domain/waiting-room/language.js';

const after = (commands: ReadonlyArray<WaitingRoomCommand>): WaitingRoom =>
  commands.reduce<WaitingRoom>((room, command) => {
    const decided = waitingRoomDecider.decide(command, room);
    return E.getOrElse((): ReadonlyArray<WaitingRoomEvent> => [])(decided).reduce(waitingRoomDecider.evolve, room);
  }, waitingRoomDecider.initial);

async function* asynchronously(pieces: Iterable<unknown>): AsyncGenerator<unknown> {
  for (const piece of pieces) yield JSON.parse(JSON.stringify(piece));
}

describe('a snapshot of a waiting room', () => {
  const codec = waitingRoomAggregate.snapshots;
  if (codec === null) throw new Error('there are none');

  it('brings back everybody, in pieces, as they stood', async () => {
    const people = Array.from({ length: 5_000 }, (_, n) => join(`u${n}`));
    const room = after([configure({ activeLimit: 10 }), ...people, claim('u3'), leave('u4'), leave('u2000')]);
    const pieces = [...codec.encode(room)];
    expect(pieces.length).toBe(6);
    const back = await codec.decode(asynchronously(pieces));
    if (room.status === 'Unknown' || back.status === 'Unknown') throw new Error('no room');
    expect(back.tokens.equals(room.tokens) || back.tokens.toJS()).toStrictEqual(room.tokens.toJS());
    expect(back.queue.toJS()).toStrictEqual(room.queue.toJS());
    expect(back.tokenOfUser.equals(room.tokenOfUser)).toBe(true);
    const { tokens: _, queue: __, tokenOfUser: ___, ...frame } = room;
    expect(back).toMatchObject(frame);
  });

  it('of a room nobody opened is empty', async () => {
    expect(await codec.decode(asynchronously(codec.encode({ status: 'Unknown' })))).toStrictEqual({
      status: 'Unknown',
    });
  });
});
