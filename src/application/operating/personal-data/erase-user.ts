import { either as E, taskEither as TE } from 'fp-ts';
import { ordersView } from '../../checkout/order/views/orders.js';
import { orAway, unlessAway } from '../../kernel/audit/away.js';
import { type PersonalData } from '../../kernel/personal-data/personal-data.js';
import {
  isPersonalDataEvent,
  type PersonalDataErased,
  personalDataStream,
} from '../../kernel/personal-data/personal-data-events.js';
import { type AwaitVisible } from '../../kernel/projection/await-visible.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { appendSurely } from '../../kernel/writer/append-surely.js';
import { eventId } from '../../kernel/writer/event-ids.js';
import { type EventStore, type EventBody } from '../../ports/event-store.js';
import { ownOf, timelinesView } from '../timeline/timelines.js';
import { isSealed } from '../../../domain/sealed.js';
import { deliveryStream } from '../../checkout/aggregates/delivery-aggregate.js';
import { orderStream } from '../../checkout/aggregates/order-aggregate.js';
import { type Ports } from '../../ports/ports.js';
import { type ByOperator } from '../../kernel/by-operator.js';

/** The first events of an order contain its shipping. */
const FIRST = 10;

const isPlain = (event: EventBody): boolean => 'shipping' in event && !isSealed(event.shipping);

/** How many events of these orders hold where they go in plain text. For `unlessAway`. */
const countPlainEvents = async (eventStore: EventStore, orderIds: Iterable<string>): Promise<number> => {
  let count = 0;
  for (const orderId of orderIds)
    for (const stream of [orderStream(orderId), deliveryStream(orderId)]) {
      const recorded = await orAway(eventStore.readStream(stream, 0, FIRST));
      count += recorded.filter(({ event }) => isPlain(event)).length;
    }
  return count;
};

export interface EraseUser extends ByOperator {
  readonly userId: string;
}

export interface ErasedUser {
  readonly userId: string;
  readonly erased: true;
  /** When it was asked for last, epoch milliseconds. */
  readonly erasedAt: number;
  /** Whether there was a key: what was sealed with it is unreadable from now on. */
  readonly keyDestroyed: boolean;
  /** Events of before personal data were sealed, which hold theirs in plain text and are shown to nobody. */
  readonly plainEvents: number;
}

export type EraseUserError = { readonly code: 'USER_NOT_FOUND' | 'UNAVAILABLE' };

export interface EraseUserPorts extends Pick<Ports, 'eventStore' | 'readModels' | 'clock' | 'ids'> {
  readonly personalData: PersonalData;
  /** Of the view of orders. */
  readonly awaitVisible: AwaitVisible;
}

/** Orders named in one event, and events of one user: far more than either has. */
const MOST = 1_000;

/**
 * Makes what identifies this user unreadable: the key is destroyed, and plain data is removed from the views.
 * Orders and books stay. Done again it changes nothing. 'USER_NOT_FOUND': nothing is known of them.
 */
export const eraseUser = (ports: EraseUserPorts) => {
  const { personalData, eventStore, readModels, awaitVisible, clock, ids } = ports;
  const reader = liveReader(readModels);
  const append = appendSurely(eventStore);

  const erasedBefore = async (userId: string): Promise<ReadonlyArray<PersonalDataErased>> => {
    const recorded = await orAway(eventStore.readStream(personalDataStream(userId), 0, MOST));
    return recorded.map(({ event }) => event).filter(isPersonalDataEvent);
  };

  const isKnown = async (userId: string): Promise<boolean> => {
    const [first] = await orAway(reader.within(timelinesView, ownOf(userId), 1));
    return first !== undefined;
  };

  const plainOrders = async (userId: string): Promise<ReadonlyArray<string>> => {
    const orderIds: string[] = [];
    for await (const page of reader.pages(ordersView, { index: 'plain-of-user', key: userId, limit: MOST })) {
      const orders = await orAway(TE.fromEither(page));
      orderIds.push(...orders.map(({ orderId }) => orderId));
    }
    return orderIds;
  };

  const record = async (
    { userId, actor, reason, correlationId }: EraseUser,
    orderIds: ReadonlyArray<string>,
    revision: number,
  ): Promise<ReadonlyArray<PersonalDataErased>> => {
    const stream = personalDataStream(userId);
    const [requestId, at] = [ids.next(), clock.now()];
    const pieces = Array.from({ length: Math.max(1, Math.ceil(orderIds.length / MOST)) }, (_, piece) =>
      orderIds.slice(piece * MOST, (piece + 1) * MOST),
    );
    const events = pieces.map((some): PersonalDataErased => ({
      type: 'PersonalDataErased',
      userId,
      orderIds: some,
      actor,
      reason,
      at,
    }));
    const identified = events.map((event, index) => ({
      id: eventId(stream, requestId, index),
      event,
      metadata: { correlationId },
    }));
    const { position } = await orAway(append(stream, revision, identified));
    // If no process keeps the views current at the moment, they follow when one does.
    const last = orderIds.at(-1);
    if (last !== undefined) await awaitVisible(position, last)();
    return events;
  };

  return (asked: EraseUser): TE.TaskEither<EraseUserError, ErasedUser> =>
    unlessAway(async () => {
      const { userId } = asked;
      const keyDestroyed = await orAway(personalData.forget(userId));
      const before = await erasedBefore(userId);
      if (!keyDestroyed && before.length === 0 && !(await isKnown(userId))) return E.left({ code: 'USER_NOT_FOUND' });
      const plain = await plainOrders(userId);
      const isNew = keyDestroyed || before.length === 0 || plain.length > 0;
      const now = isNew ? await record(asked, plain, before.length - 1) : [];
      const all = [...before, ...now];
      const plainEvents = await countPlainEvents(eventStore, new Set(all.flatMap(({ orderIds }) => orderIds)));
      return E.right({ userId, erased: true, erasedAt: all.at(-1)?.at ?? clock.now(), keyDestroyed, plainEvents });
    });
};
