import { option as O, taskEither as TE } from 'fp-ts';
import { type Position } from '../../ports/event-store.js';
import { type Ports } from '../../ports/ports.js';
import { type Clock } from '../../ports/clock.js';
import { HANDED_OVER } from './builds.js';
import { answering, orInterrupt } from './interrupted.js';
import { type ChangesToNotice, noticedChanges, type NoticedChanges } from './noticed-changes.js';
import { pause } from './pause.js';

export type AwaitCheckpointPorts = Pick<Ports, 'readModels' | 'clock'>;

export interface AwaitCheckpoint {
  readonly view: { readonly name: string; readonly version: number };
  readonly position: Position;
  /** A document that has changed by then. Its change is noticed at once, and the view is asked less often. */
  readonly id?: string;
  readonly waitMs: number;
  readonly signal?: AbortSignal | undefined;
}

const LONGEST_PAUSE_MS = 100;

type Waiting = NoticedChanges & { readonly firstMs: number };

/** A projection follows within milliseconds: asking soon costs little, asking on and on would. */
const asking = (clock: Clock, signal?: AbortSignal): Waiting => ({
  firstMs: 2,
  next: (ms) => pause(clock, ms, signal),
  stop: () => undefined,
});

const noticing = (ports: AwaitCheckpointPorts, changes: ChangesToNotice): Waiting => ({
  firstMs: 25,
  ...noticedChanges(ports, changes),
});

/**
 * Waits until what is served includes everything up to `position`, at most `waitMs`: to read what one has just
 * written. True when it does; 'ReadModelsUnavailable' also while there is no build to be served.
 */
export const awaitCheckpoint =
  (ports: AwaitCheckpointPorts) =>
  ({ view, position, id, waitMs, signal }: AwaitCheckpoint): TE.TaskEither<'ReadModelsUnavailable', boolean> =>
    TE.mapLeft(() => 'ReadModelsUnavailable' as const)(
      answering(async () => {
        const { readModels, clock } = ports;
        const deadline = clock.elapsed() + waitMs;
        const waiting = id === undefined ? asking(clock, signal) : noticing(ports, { view: view.name, id, signal });
        try {
          for (let ms = waiting.firstMs; ; ms = Math.min(ms * 2, LONGEST_PAUSE_MS)) {
            const served = await orInterrupt(readModels.served(view.name, []));
            const isLive = O.isSome(served) && served.value.build.version === view.version;
            const checkpoint = isLive ? served.value.checkpoint : HANDED_OVER;
            if (checkpoint !== HANDED_OVER && checkpoint >= position) return true;
            if (clock.elapsed() >= deadline || signal?.aborted === true) return false;
            await waiting.next(Math.min(ms, deadline - clock.elapsed()));
          }
        } finally {
          waiting.stop();
        }
      }),
    );
