import { BEGINNING, NO_STREAM } from '../../src/application/ports/event-store.js';
import { loadConfig } from '../../src/infrastructure/config/load-config.js';
import { openEngines } from '../../src/infrastructure/engines/open-engines.js';
import { systemClock } from '../../src/infrastructure/system/system-clock.js';
import { answerOf, rightOf } from '../support/answer-of.js';
import { sampleEvents } from '../support/event-samples.js';
import { eventually } from '../support/eventually.js';
import { sampleMessage } from '../support/message-samples.js';
import { tempDirs } from '../support/temp-dir.js';

const newDirectory = tempDirs();
const nothing = (): void => undefined;

it('tells operators why a batch is not handled, once for each reason, however often it comes again', async () => {
  const lines: object[] = [];
  const warn = ({ err, ...fields }: { readonly err?: unknown }, message: string): void =>
    void lines.push({ ...fields, why: String(err), message });
  const engines = rightOf(
    await openEngines({
      config: rightOf(loadConfig({ DATA_DIR: newDirectory() })),
      log: { debug: nothing, info: nothing, warn, error: nothing },
      metrics: { count: nothing, gauge: nothing, observe: nothing },
      clock: systemClock,
    })(),
  );
  const handlingFails = () => {
    let tries = 0;
    return {
      handle: async (): Promise<void> => {
        tries += 1;
        if (tries <= 3) throw new Error('the receiver is away');
        if (tries === 4) throw new Error('the receiver cannot read it');
      },
      isDone: () => tries === 5,
    };
  };
  const [ofEvents, ofMessages] = [handlingFails(), handlingFails()];

  engines.events.feed.subscribe(BEGINNING, ofEvents.handle, { streamPrefixes: ['order-'] });
  await answerOf(engines.events.eventStore.append('order-1', NO_STREAM, sampleEvents(1)));
  const topic = 'requests';
  await answerOf(engines.log.messageLog.ensureTopics([{ name: topic, partitions: 1, retentionSeconds: 60 }]));
  await answerOf(engines.log.messageLog.subscribe({ topic, group: 'deciders', handle: ofMessages.handle }));
  await answerOf(engines.log.messageLog.publish(topic, sampleMessage('first')));

  await eventually(() => ofEvents.isDone() && ofMessages.isDone());
  const message = 'a batch was not handled; it comes again';
  const whys = ['Error: the receiver is away', 'Error: the receiver cannot read it'];
  const told = (fields: object): ReadonlyArray<object> => whys.map((why) => ({ ...fields, why, message }));
  expect(lines.filter((line) => 'streams' in line)).toEqual(told({ streams: ['order-'] }));
  expect(lines.filter((line) => 'topic' in line)).toEqual(told({ topic, group: 'deciders', partition: 0 }));
  await engines.close();
});
