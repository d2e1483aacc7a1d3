import { either as E } from 'fp-ts';
import { type Container } from 'inversify';
import { type EngineState } from '../../adapters/http/options.js';
import { countWaiting } from '../../application/operating/dead-letters/count-waiting.js';
import { readBoard, type ReadBoard } from '../../application/operating/board/read-board.js';
import { Tokens } from './tokens.js';

/** More parked orders than this are shown as this many. */
const COUNTED = 1_000;

/** What operators look at while a sale runs, from what this process can reach. */
export const openBoard = (
  container: Container,
  health: () => Promise<Readonly<Record<string, EngineState>>>,
): ReadBoard => {
  const readModels = container.get(Tokens.ReadModels);
  const { listProjections, listSagas, listParkedStreams } = container.get(Tokens.AdminCalls);
  return readBoard({
    readModels,
    messageLog: container.get(Tokens.MessageLog),
    clock: container.get(Tokens.Clock),
    measurements: container.get(Tokens.Metrics),
    health,
    trouble: container.get(Tokens.Engines).trouble,
    projections: listProjections,
    repair: () => async () => {
      const [letters, orders, streams] = await Promise.all([
        countWaiting({ readModels })(),
        listSagas({ limit: COUNTED })(),
        listParkedStreams()(),
      ]);
      if (E.isLeft(letters)) return letters;
      if (E.isLeft(orders)) return orders;
      if (E.isLeft(streams)) return streams;
      return E.right({
        deadLetters: letters.right,
        parkedOrders: orders.right.items.length,
        parkedStreams: streams.right.items.length,
      });
    },
  });
};
