import { either as E } from 'fp-ts';
import { type AdmissionGate } from '../../../src/application/ports/admission-gate.js';
import { type EventStore } from '../../../src/application/ports/event-store.js';
import { type Message, type MessageLog } from '../../../src/application/ports/message-log.js';
import { type Chance } from './chance.js';
import { type Turns } from './turns.js';

export interface Weather {
  readonly chance: Chance;
  readonly turns: Turns;
  /** How likely each thing goes wrong at each call; 0 when the storm is over. */
  readonly trouble: () => number;
}

const goesWrong = ({ chance, trouble }: Weather): boolean => chance.happens(trouble());

/** Late, away, or with its acknowledgement lost, whether it was written or not. */
export const troubledStore = (store: EventStore, weather: Weather): EventStore => ({
  ...store,
  readStream:
    (...asked) =>
    async () => {
      await weather.turns.turn();
      return goesWrong(weather) ? E.left('EventStoreUnavailable') : store.readStream(...asked)();
    },
  append:
    (...asked) =>
    async () => {
      await weather.turns.turn();
      if (goesWrong(weather)) return E.left('EventStoreUnavailable');
      if (goesWrong(weather)) return E.left('AppendOutcomeUnknown');
      const answer = await store.append(...asked)();
      await weather.turns.turn();
      return goesWrong(weather) ? E.left('AppendOutcomeUnknown') : answer;
    },
});

export type Publish = (message: Message) => { readonly partition: number; readonly offset: number };

/** Refused, lost, doubled, or written without anybody hearing of it. */
export const troubledPublish =
  (publish: Publish, weather: Weather): MessageLog['publish'] =>
  (_, message) =>
  async () => {
    await weather.turns.turn();
    if (goesWrong(weather)) return E.left('PublishFailed');
    if (goesWrong(weather)) return E.left('PublishOutcomeUnknown');
    const published = publish(message);
    if (goesWrong(weather)) publish(message);
    await weather.turns.turn();
    return goesWrong(weather) ? E.left('PublishOutcomeUnknown') : E.right(published);
  };

/** A gate that is sometimes away, also after it did what it was asked for. */
export const troubledGate = (gate: () => AdmissionGate, weather: Weather): AdmissionGate => {
  const troubled =
    <Asked extends ReadonlyArray<unknown>, A>(call: (gate: AdmissionGate) => (...asked: Asked) => () => Promise<A>) =>
    (...asked: Asked) =>
    async (): Promise<A | E.Left<'GateUnavailable'>> => {
      await weather.turns.turn();
      if (goesWrong(weather)) return { _tag: 'Left', left: 'GateUnavailable' };
      const answer = await call(gate())(...asked)();
      return goesWrong(weather) ? { _tag: 'Left', left: 'GateUnavailable' } : answer;
    };
  return {
    reserve: troubled(({ reserve }) => reserve),
    release: troubled(({ release }) => release),
    pending: troubled(({ pending }) => pending),
    isPending: troubled(({ isPending }) => isPending),
    requestOf: troubled(({ requestOf }) => requestOf),
    restore: troubled(({ restore }) => restore),
    apply: troubled(({ apply }) => apply),
    pendingSince: troubled(({ pendingSince }) => pendingSince),
    inspect: troubled(({ inspect }) => inspect),
    drop: troubled(({ drop }) => drop),
  };
};
