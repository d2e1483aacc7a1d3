import { type Container } from 'inversify';
import { projectionCalls, reconcileCall } from './admin-calls.js';
import { listParkedStreams } from '../../application/kernel/process/operate-parking.js';
import { parkingCalls } from './parking-calls.js';
import { personalDataCalls } from './personal-data-calls.js';
import { compensateSaga, listSagas, replaySaga } from '../../application/checkout/parking/operate-parked.js';
import { loadOrder } from '../../application/checkout/aggregates/load-order.js';
import { boughtOfEvent } from '../../application/checkout/order/find-orders.js';
import { forgetIn } from '../../application/operating/forget-answers.js';
import { DAY_MS } from '../config/environment.js';
import { verifyCalls } from './verify-calls.js';
import { listDeadLetters, showDeadLetter } from '../../application/operating/dead-letters/find-dead-letters.js';
import { discardDeadLetter } from '../../application/operating/dead-letters/operate-dead-letter.js';
import { replayDeadLetter } from '../../application/operating/dead-letters/replay-dead-letter.js';
import { replayDeadLetters } from '../../application/operating/dead-letters/replay-dead-letters.js';
import { findActs } from '../../application/operating/audit-trail/find-acts.js';
import { timelineOfUser } from '../../application/operating/timeline/timeline-of-user.js';
import { Tokens as T } from './tokens.js';

/** What operators call, over HTTP or on the command line. */
export const bindAdmin = (container: Container): void => {
  container
    .bind(T.AdminCalls)
    .toResolvedValue(
      (
        eventStore,
        feed,
        snapshots,
        log,
        messageLog,
        readModels,
        leases,
        clock,
        ids,
        gate,
        running,
        orders,
        parkedStreams,
        personalData,
        config,
        webhooks,
      ) => {
        const loading = { eventStore, snapshots, logger: log };
        const forget = forgetIn({ readModels, clock, keptMs: config.ARCHIVE_AFTER_DAYS * DAY_MS });
        const projecting = { feed, readModels, clock, leases, log, parkedStreams, forget };
        const listParked = listParkedStreams({ readModels });
        const replaying = { ...loading, messageLog, readModels, clock, ids };
        const sagas = {
          ...loading,
          handleSaga: orders.handleSaga,
          cancelOrder: orders.calls.cancelOrder,
          loadOrder: loadOrder(loading),
          readModels,
          clock,
          personalData,
        };
        return {
          ...projectionCalls({ ...projecting, running }),
          ...parkingCalls({ ...loading, ...projecting, ids }),
          listDeadLetters: listDeadLetters({ readModels }),
          showDeadLetter: showDeadLetter({ readModels }),
          replayDeadLetter: replayDeadLetter(replaying),
          replayDeadLetters: replayDeadLetters(replaying),
          discardDeadLetter: discardDeadLetter(replaying),
          boughtOfEvent: boughtOfEvent(sagas),
          listSagas: listSagas(sagas),
          replaySaga: replaySaga(sagas),
          compensateSaga: compensateSaga(sagas),
          ...verifyCalls({ ...loading, messageLog, readModels, clock, listParked }),
          ...personalDataCalls({ personalData, eventStore, readModels, clock, ids }),
          timelineOfUser: timelineOfUser({ readModels, personalData }),
          ...webhooks,
          findActs: findActs({ readModels }),
          reconcile: reconcileCall({
            ...projecting,
            ...loading,
            running,
            gate,
            messageLog,
            listParkedStreams: listParked,
          }),
        };
      },
      [
        T.EventStore,
        T.EventFeed,
        T.Snapshots,
        T.Log,
        T.MessageLog,
        T.ReadModels,
        T.Leases,
        T.Clock,
        T.Ids,
        T.Gate,
        T.ProjectionRunner,
        T.Orders,
        T.ParkedStreams,
        T.PersonalData,
        T.Config,
        T.WebhookCalls,
      ],
    )
    .inSingletonScope();
};
