import { type MessageLog } from '../../src/application/ports/message-log.js';
import { kafkaMessageLog } from '../../src/adapters/kafka/kafka-message-log.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { recordingLog, recordingMetrics } from './in-memory/quiet.js';
import { type Deployment, deploy } from './distributed/deployment.js';
import { type EngineSet } from './distributed/engine-set.js';
import { startInProcess } from './server/in-process-server.js';

/** Doorbuster as people meet it: one process or many, on whichever engines. */
export interface Shop {
  /** Where people are answered: one address for each process that answers. */
  readonly doors: () => ReadonlyArray<string>;
  /** Where all of its processes expose their metrics. */
  readonly metricsAt: () => ReadonlyArray<string>;
  /** What it tells the outside. */
  readonly log: () => MessageLog;
  /** Ends every process, and starts them anew on what the engines kept. */
  readonly restart: (whileClosed?: () => Promise<unknown>) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export type Variables = Readonly<Record<string, string>>;

/** One process that needs no other. */
export const embeddedShop = async (directory: string, variables: Variables = {}): Promise<Shop> => {
  let server = await startInProcess(directory, variables);
  return {
    doors: () => [server.url],
    metricsAt: () => [server.url],
    log: () => server.container.get(Tokens.MessageLog),
    restart: async (whileClosed = async () => undefined) => {
      await server.stop();
      await whileClosed();
      server = await startInProcess(directory, variables);
    },
    stop: () => server.stop(),
  };
};

/** Every process apart from every other, on three servers. */
export interface DistributedShop extends Shop {
  readonly deployment: () => Deployment;
}

export const distributedShop = async (
  engines: EngineSet,
  variables: Variables,
  layout: Parameters<typeof deploy>[2],
): Promise<DistributedShop> => {
  let deployment = await deploy(engines, variables, layout);
  const log = kafkaMessageLog({
    brokers: engines.variables.KAFKA_BROKERS.split(','),
    prefix: `${engines.variables.NAMESPACE}.`,
    log: recordingLog(),
    metrics: recordingMetrics(),
  });
  return {
    deployment: () => deployment,
    doors: () => deployment.apis.map(({ url }) => url),
    log: () => log,
    metricsAt: () => deployment.members().map(({ url }) => url),
    restart: async (whileClosed = async () => undefined) => {
      await deployment.stop();
      await whileClosed();
      deployment = await deploy(engines, variables, layout);
    },
    stop: async () => {
      await log.close();
      await deployment.stop();
    },
  };
};

/** One door after the other: whoever asks again may be answered by another process. */
export const anyDoor = (shop: () => Shop): (() => string) => {
  let turn = 0;
  return () => {
    const doors = shop().doors();
    return doors[(turn += 1) % doors.length] ?? '';
  };
};
