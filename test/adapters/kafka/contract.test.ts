import { messageLogContract, type OpenedMessageLog } from '../../contracts/message-log.contract.js';
import { describeWith, ownPrefix } from '../../support/engines/describe-with.js';
import { testKafka } from './support.js';

await describeWith('kafka', ({ brokers }) => {
  const prefix = ownPrefix();
  const open = async (): Promise<OpenedMessageLog> => {
    const log = testKafka(brokers, { prefix, publishTimeoutMs: 5_000, callTimeoutMs: 10_000, sessionTimeoutMs: 6_000 });
    const reopen = async () => {
      await log.close();
      return open();
    };
    return { log, reopen, close: log.close };
  };

  messageLogContract('Kafka', open, { withinMs: 20_000 });
});
