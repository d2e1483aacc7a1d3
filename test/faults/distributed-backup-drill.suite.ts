import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import kafkajs from 'kafkajs';
import { type Deployment } from '../support/distributed/deployment.js';
import { type ProxiedEngineSet } from '../support/distributed/engine-set.js';
import { openSale, told } from '../support/distributed/sale.js';
import { eventually } from '../support/eventually.js';
import { runCli } from '../support/server/child-server.js';
import { http } from '../support/server/http.js';
import { tempDirs } from '../support/temp-dir.js';

const QUANTITY = 2_000;
/** As on the page: the group, and the topic whose requests it decides. */
const GROUPS = [
  ['coupon-issue-group', 'coupon-issue-requests'],
  ['token-activate', 'waiting-token'],
  ['stock-group', 'stock-requests'],
] as const;

/** What `kafka-consumer-groups.sh --reset-offsets --to-datetime … --execute` does. */
const resetOffsets = async ({ brokers }: ProxiedEngineSet['kafka'], to: number): Promise<void> => {
  const admin = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  const reset = async ([groupId, topic]: (typeof GROUPS)[number]): Promise<void> => {
    const partitions = await admin.fetchTopicOffsetsByTimestamp(topic, to);
    // Kafka refuses while it believes that somebody who was killed still belongs to the group.
    await eventually(() => admin.setOffsets({ groupId, topic, partitions }).then(() => true));
  };
  // Side by side: the client waits some seconds for messages in each group.
  await Promise.all(GROUPS.map(reset));
  await admin.disconnect();
};

/** The steps of docs/operating.md, «Backups of Kafka, Redis and EventStoreDB», after a disk is lost. */
export const backupDrillSuite = (
  engines: () => ProxiedEngineSet,
  set: () => Deployment,
  deployAgain: () => Promise<void>,
): void => {
  const newDir = tempDirs();
  const url = (): string => set().apis[0]?.url ?? '';

  test('EventStoreDB restored from a snapshot after everything was killed: every 202 is answered, those after the snapshot too, and everything verifies', async () => {
    const { eventStore, redis, kafka, variables } = engines();
    const begun = Date.now();
    const sale = await openSale(url, QUANTITY);
    const stream = sale.stream(4);
    await eventually(() => sale.accepted.size > 100);

    const backup = join(newDir(), 'eventstore');
    eventStore.freeze();
    cpSync(eventStore.directory, backup, { recursive: true });
    eventStore.thaw();
    const before = sale.accepted.size;
    // Decided after the snapshot: views and offsets are then ahead of what is restored.
    await eventually(() => sale.accepted.size > before + 100);
    await stream.stop();
    const [late = ''] = [...sale.accepted.keys()].slice(-1);
    await eventually(async () => expect((await sale.statusOf(late)).body).toMatchObject({ status: 'SUCCESS' }));

    await Promise.all(
      set()
        .members()
        .map(({ kill }) => kill('SIGKILL')),
    );
    await eventStore.kill();
    rmSync(eventStore.directory, { recursive: true });
    cpSync(backup, eventStore.directory, { recursive: true });
    await eventStore.restart();
    await redis.flush();
    await resetOffsets(kafka, begun);
    await deployAgain();

    const finals = await sale.finals();
    expect(told(finals, 'SUCCESS')).toBe(sale.accepted.size);
    expect(await sale.verify()).toMatchObject({ verdict: 'PASS', reasons: [] });
    expect(await runCli(['verify', 'history'], variables)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^PASS/m),
    });
    const findings = async () => (await http(`${url()}/admin/reconcile`, { heal: false })).body;
    await eventually(async () => expect(await findings()).toMatchObject({ findings: [] }));
  });
};
