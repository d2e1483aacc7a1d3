import { z } from 'zod';
import { aggregateOf } from '../../kernel/writer/aggregate.js';
import { commandHandler, type CommandHandlerPorts } from '../../kernel/writer/command-handler.js';
import { type EventOf, eventSchemas } from '../../kernel/events/event-schemas.js';
import { either as E } from 'fp-ts';
import { type Decider } from '../../../domain/decider.js';

/** A step finally failed: nothing more is done for this order until an operator has decided. */
const sagaParked = z.object({
  orderId: z.string(),
  step: z.string(),
  reason: z.string(),
  attempts: z.number(),
  at: z.number(),
});

/** An operator has the order tried again, or has it undone. */
const sagaReleased = z.object({
  orderId: z.string(),
  how: z.enum(['REPLAYED', 'COMPENSATED']),
  actor: z.string(),
  reason: z.string(),
  at: z.number(),
});

export type SagaParked = EventOf<'SagaParked', typeof sagaParked>;
export type SagaReleased = EventOf<'SagaReleased', typeof sagaReleased>;
export type SagaEvent = SagaParked | SagaReleased;
export type Saga = { readonly status: 'Running' } | { readonly status: 'Parked'; readonly parked: SagaParked };

type Command =
  (Omit<SagaParked, 'type'> & { readonly type: 'Park' }) | (Omit<SagaReleased, 'type'> & { readonly type: 'Release' });

export const SAGA_STREAMS = 'orderSaga-';
export const sagaStream = (orderId: string): string => `${SAGA_STREAMS}${orderId}`;
export const isSagaEvent = eventSchemas<SagaEvent>()({ SagaParked: sagaParked, SagaReleased: sagaReleased });

const running: Saga = { status: 'Running' };
const evolve = (_: Saga, event: SagaEvent): Saga =>
  event.type === 'SagaParked' ? { status: 'Parked', parked: event } : running;

/** Parking what is parked, and releasing what is not, changes nothing. */
const decider: Decider<Saga, Command, SagaEvent, never> = {
  initial: running,
  evolve,
  decide: (command, saga) => {
    const { type, ...fact } = command;
    if ((type === 'Park') === (saga.status === 'Parked')) return E.right([]);
    return E.right('how' in fact ? [{ type: 'SagaReleased', ...fact }] : [{ type: 'SagaParked', ...fact }]);
  },
};

export const sagaAggregate = aggregateOf(decider, isSagaEvent);

export const handleSaga = (ports: CommandHandlerPorts) =>
  commandHandler(ports)(decider, sagaAggregate, ({ orderId }: Command) => sagaStream(orderId));
export type HandleSaga = ReturnType<typeof handleSaga>;
