import { readFileSync } from 'node:fs';
import { either as E } from 'fp-ts';
import { findKafkaFault } from '../../../src/adapters/kafka/find-fault.js';
import { kafkaMessageLog } from '../../../src/adapters/kafka/kafka-message-log.js';
import { type KafkaSecurity } from '../../../src/adapters/kafka/options.js';
import { type MessageBatch } from '../../../src/application/ports/message-log.js';
import { answerOf } from '../../support/answer-of.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { freePort } from '../../support/engines/free-port.js';
import { type OwnKafka, startOwnKafka } from '../../support/engines/own-kafka.js';
import { testCertificates } from '../../support/engines/test-certificates.js';
import { eventually } from '../../support/eventually.js';
import { recordingLog, recordingMetrics } from '../../support/in-memory/quiet.js';

await describeWith('kafka', () => {
  describe('Kafka that wants a user and TLS', () => {
    const { caFile, bothFile } = testCertificates();
    const ca = readFileSync(caFile, 'utf8');
    let kafka: OwnKafka;
    let secured: string;
    beforeAll(async () => {
      const port = await freePort();
      const jaas = 'org.apache.kafka.common.security.plain.PlainLoginModule required user_shop="right";';
      const listener = 'listener.name.sasl_ssl';
      kafka = await startOwnKafka({
        also: `SASL_SSL:${port}`,
        set: [
          'sasl.enabled.mechanisms=PLAIN',
          `${listener}.sasl.enabled.mechanisms=PLAIN`,
          `${listener}.plain.sasl.jaas.config=${jaas}`,
          `${listener}.ssl.keystore.type=PEM`,
          `${listener}.ssl.keystore.location=${bothFile}`,
        ],
      });
      secured = `127.0.0.1:${port}`;
    });
    afterAll(() => kafka.stop());

    const shop = { mechanism: 'plain', username: 'shop', password: 'right' } as const;
    const options = (broker: string, security: KafkaSecurity) => ({
      brokers: [broker],
      log: recordingLog(),
      metrics: recordingMetrics(),
      security,
    });

    it('takes messages of a user who proves itself, and gives them back', async () => {
      const right = options(secured, { ssl: { ca }, sasl: shop });
      expect(await findKafkaFault(right)).toEqual(E.right(undefined));
      const log = kafkaMessageLog(right);
      await answerOf(log.ensureTopics([{ name: 'secured', partitions: 1, retentionSeconds: 3_600 }]));
      const published = await answerOf(log.publish('secured', { key: 'k', value: 'v', headers: {} }));
      const read = await answerOf(log.read({ topic: 'secured', partition: 0, offset: published.offset }, 1));
      expect(read).toMatchObject([{ key: 'k', value: 'v' }]);
      const seen: string[] = [];
      const handle = async ({ messages }: MessageBatch) => void seen.push(...messages.map(({ value }) => value));
      const consumer = await answerOf(log.subscribe({ topic: 'secured', group: 'readers', handle }));
      await eventually(() => expect(seen).toEqual(['v']));
      await consumer.stop();
      await log.close();
    });

    it.each<[string, string, KafkaSecurity]>([
      ['the wrong password', 'KAFKA_SASL_PASSWORD', { ssl: { ca }, sasl: { ...shop, password: 'wrong' } }],
      ['a user nobody knows', 'KAFKA_SASL_USERNAME', { ssl: { ca }, sasl: { ...shop, username: 'nobody' } }],
      [
        'a mechanism that is not offered',
        'KAFKA_SASL_MECHANISM',
        { ssl: { ca }, sasl: { ...shop, mechanism: 'scram-sha-256' } },
      ],
      ['an authority that is not known', 'KAFKA_CA_FILE', { ssl: true, sasl: shop }],
    ])('names the variable for %s', async (_what, variable, security) => {
      expect(await findKafkaFault(options(secured, security))).toEqual(E.left(expect.stringContaining(variable)));
    });

    it('names KAFKA_SSL where a port speaks no TLS', async () => {
      const plain = kafka.brokers[0] ?? '';
      expect(await findKafkaFault(options(plain, { ssl: { ca } }))).toEqual(
        E.left(expect.stringContaining('KAFKA_SSL')),
      );
    });

    it('names KAFKA_SSL where a port speaks nothing but TLS', async () => {
      expect(await findKafkaFault(options(secured, {}))).toEqual(E.left(expect.stringContaining('KAFKA_SSL')));
    });

    it('waits for brokers that are away', async () => {
      expect(await findKafkaFault(options(`127.0.0.1:${await freePort()}`, {}))).toEqual(E.right(undefined));
    });
  });
});
