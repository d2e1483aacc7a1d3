import { couponRequestMessage } from '../../../src/application/coupon/coupon-request-message.js';
import { COUPON_ISSUE_REQUESTS } from '../../../src/application/kernel/messaging/topics.js';
import { handleParking } from '../../../src/application/kernel/process/parking/parking-aggregate.js';
import { setAsideMessages } from '../../../src/application/kernel/writer/dead-letter-message.js';
import { type Admission } from '../../../src/application/ports/admission-gate.js';
import { Tokens } from '../../../src/infrastructure/container/tokens.js';
import { type RunningServer } from '../../../src/infrastructure/start-server.js';
import { answerOf } from '../answer-of.js';

export const unknownType = (type: string): string => `no event of type ${type} is known here`;

/** What a process of the version before does while it runs beside this one, with streams that it cannot read. */
export const olderVersion = ({ container }: RunningServer) => ({
  park: (consumer: string, streamId: string, eventType: string, reason: string) => {
    const ports = {
      eventStore: container.get(Tokens.EventStore),
      snapshots: container.get(Tokens.Snapshots),
      logger: container.get(Tokens.Logger),
      ids: container.get(Tokens.Ids),
    };
    const streams = [{ streamId, revision: 0, eventType, reason }];
    return answerOf(handleParking(ports)({ type: 'Park', consumer, streams, at: Date.now() }, 'test'));
  },
  setAside: (requests: ReadonlyArray<Admission>, reason: string) => {
    const messages = requests.map((asked, index) => ({
      ...couponRequestMessage(asked, { correlationId: 'test' }),
      topic: COUPON_ISSUE_REQUESTS,
      partition: 0,
      offset: 1_000 + index,
      loggedAt: asked.at,
    }));
    const [log, clock] = [container.get(Tokens.MessageLog), container.get(Tokens.Clock)];
    const error = new Error(reason);
    return answerOf(setAsideMessages({ log, clock })(messages.map((message) => ({ message, error }))));
  },
});
