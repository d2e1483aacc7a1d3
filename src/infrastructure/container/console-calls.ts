import { either as E, taskEither as TE } from 'fp-ts';
import { type Container } from 'inversify';
import { type ConsoleUseCases } from '../../adapters/http/route-table.js';
import { type Owners } from '../../adapters/http/identity/check-owner.js';
import { type EngineState } from '../../adapters/http/options.js';
import { countWaiting } from '../../application/operating/dead-letters/count-waiting.js';
import { readBoard } from '../../application/operating/board/read-board.js';
import { readExport } from '../../application/operating/exports/export-rows.js';
import { verifyHistory } from '../../application/operating/history/verify-history.js';
import { findPerson } from '../../application/operating/people/find-person.js';
import { Tokens } from './tokens.js';

/** More parked orders than this are shown as this many. */
const COUNTED = 1_000;

/** What the console shows and exports, from what this process can reach. */
export const consoleCalls = (
  container: Container,
  {
    health,
    owners,
  }: { readonly health: () => Promise<Readonly<Record<string, EngineState>>>; readonly owners: Owners },
): ConsoleUseCases => {
  const readModels = container.get(Tokens.ReadModels);
  const { listProjections, listSagas, listParkedStreams, findActs, timelineOfUser } = container.get(Tokens.AdminCalls);
  const { issueStatus } = container.get(Tokens.CouponCalls);
  const { stockAudit } = container.get(Tokens.Orders).calls;
  const board = readBoard({
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
  const request: Parameters<typeof findPerson>[0]['request'] = (requestId) => async () => {
    const found = await issueStatus({ requestId })();
    if (E.isRight(found)) return E.right(found.right.userId ?? null);
    return found.left.code === 'UNAVAILABLE' ? E.left('Unavailable') : E.right(null);
  };
  const stored = { feed: container.get(Tokens.EventFeed), eventStore: container.get(Tokens.EventStore) };
  return {
    readBoard: board,
    findPerson: findPerson({ ...owners, request, timelineOfUser }),
    readExport: readExport({ readModels, findActs, stockAudit }),
    verifyHistory: (asked, { onProgress }) =>
      TE.mapLeft(() => ({ code: 'UNAVAILABLE' }) as const)(
        verifyHistory(stored)(asked, (done, total) => onProgress({ done, total })),
      ),
  };
};
