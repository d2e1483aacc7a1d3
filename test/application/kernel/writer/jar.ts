import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type Decider } from '../../../../src/domain/decider.js';
import { eventSchemas } from '../../../../src/application/kernel/events/event-schemas.js';
import { deciderWriting } from '../../../../src/application/kernel/writer/decider-writing.js';
import { messageBody } from '../../../../src/application/kernel/writer/message-body.js';
import { type LoggedMessage, type MessageBatch } from '../../../../src/application/ports/message-log.js';

export interface Jar {
  readonly held: number;
}
export interface Put {
  readonly marbles: number;
}
export interface MarblePut {
  readonly type: 'MarblePut';
  readonly nth: number;
}

/** A jar of at most `room` marbles: all of a handful, or none. Thirteen make deciding throw. */
export const jarDecider = (room: number): Decider<Jar, Put, MarblePut, 'FULL'> => ({
  initial: { held: 0 },
  evolve: (_, { nth }) => ({ held: nth }),
  decide: ({ marbles }, { held }) => {
    if (marbles === 13) throw new Error('unlucky');
    if (held + marbles > room) return E.left('FULL');
    return E.right(Array.from({ length: marbles }, (_, n) => ({ type: 'MarblePut', nth: held + n + 1 })));
  },
});

const put = z.object({ marbles: z.number() });

export const jarWriting = (room: number, decider = jarDecider(room)) =>
  deciderWriting<Put, Jar, MarblePut, 'FULL'>({
    context: 'stock',
    topic: 'jars',
    streamOf: (key) => `jar-${key}`,
    read: (message) =>
      E.map((command: Put) => ({ command, requestId: message.headers['request-id'] ?? '', isAwaited: true }))(
        messageBody({ schema: put, types: new Map() }, () => message.key)(message),
      ),
    decider,
    aggregate: {
      initial: { held: 0 },
      evolve: jarDecider(room).evolve,
      isEvent: eventSchemas<MarblePut>()({ MarblePut: z.object({ nth: z.number() }) }),
      snapshots: null,
    },
    sizeOf: () => 0,
  });

/** Handfuls as the log would hand them out, from `offset` on; a text stands there as it is. */
export const handfuls = (
  marbles: ReadonlyArray<number | string>,
  { offset = 0, key = 'a', loggedAt = 0 } = {},
): MessageBatch => ({
  topic: 'jars',
  partition: 0,
  messages: marbles.map((each, n): LoggedMessage => ({
    topic: 'jars',
    partition: 0,
    offset: offset + n,
    key,
    value: typeof each === 'string' ? each : JSON.stringify({ marbles: each }),
    headers: { 'request-id': `r${offset + n}`, 'correlation-id': 'c' },
    loggedAt,
  })),
});
