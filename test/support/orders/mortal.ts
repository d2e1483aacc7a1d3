import { either as E, type taskEither as TE } from 'fp-ts';
import { type EventStore } from '../../../src/application/ports/event-store.js';
import { type MessageLog } from '../../../src/application/ports/message-log.js';
import { type PaymentGateway } from '../../../src/application/ports/payment-gateway.js';
import { type ReadModels } from '../../../src/application/ports/read-models.js';

export interface Death {
  /** At which effect on the world outside of the process, from 1. */
  readonly at: number;
  /** 'after': it happened, and nobody heard. */
  readonly when: 'before' | 'after';
}

export interface Outside {
  readonly eventStore: EventStore;
  readonly messageLog: MessageLog;
  readonly readModels: ReadModels;
  readonly gateway: PaymentGateway;
}

/** The world as a process sees it that dies at an effect: from then on it reaches nothing and changes nothing. */
export const mortal = ({ eventStore, messageLog, readModels, gateway }: Outside, death: Death | null) => {
  let effects = 0;
  let isDead = false;

  const look =
    <L, A>(work: TE.TaskEither<L, A>, gone: L): TE.TaskEither<L, A> =>
    async () =>
      isDead ? E.left(gone) : work();
  const effect =
    <L, A>(work: TE.TaskEither<L, A>, gone: L): TE.TaskEither<L, A> =>
    async () => {
      if (isDead) return E.left(gone);
      effects += 1;
      const dies = death !== null && effects === death.at;
      isDead = dies;
      if (dies && death.when === 'before') return E.left(gone);
      const answer = await work();
      return dies ? E.left(gone) : answer;
    };

  const outside: Outside = {
    eventStore: {
      ...eventStore,
      append: (...args) => effect(eventStore.append(...args), 'EventStoreUnavailable'),
      readStream: (...args) => look(eventStore.readStream(...args), 'EventStoreUnavailable'),
      lastRevision: (...args) => look(eventStore.lastRevision(...args), 'EventStoreUnavailable'),
    },
    messageLog: { ...messageLog, publish: (...args) => effect(messageLog.publish(...args), 'PublishFailed') },
    readModels: { ...readModels, write: (...args) => look(readModels.write(...args), 'ReadModelsUnavailable') },
    gateway: {
      approve: (charge) => effect(gateway.approve(charge), 'GatewayUnavailable'),
      inquire: (charge) => look(gateway.inquire(charge), 'GatewayUnavailable'),
      refund: (...args) => effect(gateway.refund(...args), 'GatewayUnavailable'),
    },
  };
  return { outside, isDead: () => isDead };
};
