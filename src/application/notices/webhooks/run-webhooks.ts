import { either as E, option as O } from 'fp-ts';
import { type KeptCheckpoint, keptCheckpoint } from '../../kernel/process/kept-checkpoint.js';
import { type Deadline, type DeadlineHandler } from '../../kernel/process/deadlines/deadline.js';
import { runDeadlines, type RunDeadlinesPorts } from '../../kernel/process/deadlines/run-deadlines.js';
import { type ParkingFeedPorts } from '../../kernel/process/parking-feed.js';
import { runProcess } from '../../kernel/process/run-process.js';
import { type BeginTask, type Task } from '../../kernel/process/while-leading.js';
import { type Build } from '../../ports/read-models.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { pause } from '../../kernel/projection/pause.js';
import { readAggregate } from '../../kernel/writer/load-aggregate.js';
import { webhookAggregate } from './webhook.js';
import { WEBHOOK_STREAMS } from './webhook-events.js';
import { type View } from '../../kernel/projection/view.js';
import { courier, type Courier, type CourierPorts } from './courier.js';
import { orThrow } from '../../kernel/or-throw.js';
import { asGivenUp, DELIVERY_STREAMS, handleDelivery } from './delivery.js';
import { deliveriesView, WEBHOOK_RETRY } from './deliveries-view.js';
import { owedTo, webhookCheckpoint } from './webhook-position.js';
import { type WebhookDocument, webhooksView } from './webhooks-view.js';

export interface RunWebhooksPorts extends CourierPorts, RunDeadlinesPorts, Pick<ParkingFeedPorts, 'parkedStreams'> {
  readonly deadlines: View<Deadline>;
}

interface Running {
  readonly courier: Courier;
  readonly task: Task;
  readonly replays: number;
}

/** Endpoints there can be; each follows the events for itself. */
export const MOST_WEBHOOKS = 20;
const LOOK_MS = 500;
const PAUSED_MS = 2_000;

/** What every process that may deliver does: one at a time delivers, the others stand by. */
export interface RunWebhooks {
  /** Delivers to every active endpoint, each in its own time, and makes the attempts that are due. */
  readonly begin: BeginTask;
  /** Looks how far each endpoint is, so that it can go on from there if their store is wiped. Never rejects. */
  readonly standBy: () => Promise<void>;
}

export const runWebhooks = (ports: RunWebhooksPorts): RunWebhooks => {
  const { readModels, clock, log, metrics } = ports;
  const reader = liveReader(readModels);
  /** By endpoint, that of its last replay. They outlive its courier: what this process saw last counts when their store is wiped. */
  const checkpoints = new Map<string, { readonly replays: number; readonly checkpoint: KeptCheckpoint }>();
  const checkpointOf = (webhook: WebhookDocument): KeptCheckpoint => {
    const { endpointId, replays } = webhook;
    const known = checkpoints.get(endpointId);
    if (known?.replays === replays) return known.checkpoint;
    const checkpoint = keptCheckpoint(readModels, webhookCheckpoint(webhook));
    checkpoints.set(endpointId, { replays, checkpoint });
    return checkpoint;
  };
  const isDeleted = async (endpointId: string): Promise<boolean> =>
    orThrow(await readAggregate(ports)(webhookAggregate, `${WEBHOOK_STREAMS}${endpointId}`)()).state === null;
  const all = reader.query(webhooksView, { index: 'all', key: 'all', limit: MOST_WEBHOOKS });
  const drop = async (builds: ReadonlyArray<Build>): Promise<void> => {
    for (const each of builds) orThrow(await readModels.drop(each)());
  };
  const forgetDeleted = async (there: ReadonlyArray<WebhookDocument>): Promise<void> => {
    const gone = [...checkpoints.keys()].filter((id) => !there.some(({ endpointId }) => endpointId === id));
    for (const endpointId of gone)
      if (await isDeleted(endpointId)) {
        await drop(orThrow(await readModels.builds(webhookCheckpoint({ endpointId, replays: 0 }).view)()).all);
        checkpoints.delete(endpointId);
      }
  };

  const begin: BeginTask = async (stepDown) => {
    const record = handleDelivery(ports);
    const view = { ...ports.deadlines, streamPrefixes: [DELIVERY_STREAMS] };
    const running = new Map<string, Running>();
    const stopping = new AbortController();

    const end = async (endpointId: string): Promise<void> => {
      const ended = running.get(endpointId);
      running.delete(endpointId);
      metrics.gauge('webhook_away_seconds', 0, { endpoint: endpointId });
      await ended?.task.stop();
    };
    const start = async (webhook: WebhookDocument): Promise<void> => {
      const { endpointId, replays } = webhook;
      const owed = orThrow(await owedTo(readModels, webhook)());
      const one = courier(ports, reader, webhook, owed.after);
      await drop(owed.overtaken);
      // Overtaken by another process: that one delivers, to all.
      const task = await runProcess({ ...ports, checkpoint: checkpointOf(webhook) }, one.process)(stepDown);
      running.set(endpointId, { courier: one, task, replays });
    };
    const look = async (): Promise<void> => {
      const found = await all();
      if (E.isLeft(found)) return;
      const active = found.right.items.filter(({ status }) => status === 'ACTIVE');
      const replaysOf = new Map(active.map(({ endpointId, replays }) => [endpointId, replays]));
      for (const [endpointId, { replays }] of [...running])
        if (replaysOf.get(endpointId) !== replays) await end(endpointId);
      for (const webhook of active) {
        const one = running.get(webhook.endpointId);
        if (one === undefined) await start(webhook);
        else one.courier.update(webhook);
      }
      for (const [endpoint, { courier: each }] of running)
        metrics.gauge('webhook_away_seconds', each.awayMs() / 1_000, { endpoint });
      await forgetDeleted(found.right.items);
    };
    const looking = async (): Promise<void> => {
      while (!stopping.signal.aborted) {
        await look().catch((err: unknown) => log.warn({ err }, 'Webhooks could not be looked at; it is tried again'));
        await pause(clock, LOOK_MS, stopping.signal);
      }
    };

    /** What is left of an endpoint that is paused waits; of one that was deleted, it is given up. */
    const retry: DeadlineHandler =
      ({ ref: { deliveryId = '' } }, now) =>
      async () => {
        const endpointId = deliveryId.slice(0, deliveryId.indexOf('.'));
        const one = running.get(endpointId);
        if (one !== undefined) return one.courier.retry(deliveryId);
        const found = (await isDeleted(endpointId)) ? orThrow(await reader.get(deliveriesView, deliveryId)()) : O.none;
        if (O.isSome(found))
          await record(asGivenUp(found.value, 'its endpoint is deleted', now), `webhook-${endpointId}`)();
        return E.left({ reason: 'its endpoint is paused', notBefore: now + PAUSED_MS });
      };

    const retries = await runDeadlines(ports, view, { [WEBHOOK_RETRY]: retry })();
    const looked = looking();
    return {
      stop: async () => {
        stopping.abort();
        await Promise.all([looked, retries.stop()]);
        await Promise.all([...running.keys()].map(end));
      },
    };
  };
  const standBy = async (): Promise<void> => {
    const found = await all();
    if (E.isRight(found)) await Promise.all(found.right.items.map((webhook) => checkpointOf(webhook).look()));
  };
  return { begin, standBy };
};
