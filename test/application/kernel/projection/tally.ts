import { option as O } from 'fp-ts';
import { z } from 'zod';
import { type Projection, projectionOf } from '../../../../src/application/kernel/projection/projection.js';
import { runProjection } from '../../../../src/application/kernel/projection/run-projection.js';
import { startProjections } from '../../../../src/application/kernel/projection/start-projections.js';
import { type View } from '../../../../src/application/kernel/projection/view.js';
import { type EventBody } from '../../../../src/application/ports/event-store.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { inMemoryLeases } from '../../../support/in-memory/leases.js';
import { recordingLog, recordingMetrics, wallClock } from '../../../support/in-memory/quiet.js';
import { InMemoryReadModels } from '../../../support/in-memory/read-models.js';
import { rightOf } from '../../../support/answer-of.js';

interface Scored extends EventBody {
  readonly type: 'Scored';
  readonly player: string;
  readonly points: number;
}

const isScored = (event: EventBody): event is Scored => event.type === 'Scored';

const tally = z.object({ points: z.number(), goals: z.number() });
type Tally = z.infer<typeof tally>;

/** The smallest view with something to count: points and goals by player. */
export const tallies: View<Tally> = {
  name: 'tallies',
  version: 1,
  schema: tally,
  streamPrefixes: ['game-'],
  documentIds: ({ event }) => (isScored(event) ? [event.player] : []),
  fold: (document, { event }) =>
    isScored(event) ? { points: (document?.points ?? 0) + event.points, goals: (document?.goals ?? 0) + 1 } : document,
  entries: ({ points }) => [{ index: 'all', key: 'all', sort: points }],
};

export const tallying: Projection = projectionOf(tallies);

/** A game whose score is projected. */
export const game = () => {
  const events = new InMemoryEventStore();
  const readModels = new InMemoryReadModels();
  const ports = {
    feed: events,
    readModels,
    clock: wallClock,
    log: recordingLog(),
    metrics: recordingMetrics(),
    leases: inMemoryLeases(),
  };
  let revision = -1;
  let count = 0;
  const score = async (player: string, ...points: ReadonlyArray<number>): Promise<number> => {
    const appended = rightOf(
      await events.append(
        'game-1',
        revision,
        points.map((each) => ({
          id: `${count++}`,
          event: { type: 'Scored', player, points: each },
          metadata: { correlationId: 'c' },
        })),
      )(),
    );
    revision = appended.revision;
    return appended.position;
  };
  const served = async (player: string): Promise<unknown> => {
    const found = O.toUndefined(rightOf(await readModels.served('tallies', [player])()));
    return O.toUndefined(found?.documents[0] ?? O.none);
  };
  return {
    ...ports,
    ports,
    events,
    score,
    served,
    start: (projection: Projection = tallying) => startProjections(ports)([projection]),
    run: runProjection(ports),
    must: rightOf,
  };
};
