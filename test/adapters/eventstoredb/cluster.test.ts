import { either as E } from 'fp-ts';
import { type EventStoreDb, openEventStoreDb } from '../../../src/adapters/eventstoredb/open-event-store-db.js';
import { NO_STREAM, type Revision } from '../../../src/application/ports/event-store.js';
import { answerOf } from '../../support/answer-of.js';
import { freshStream, sampleEvents } from '../../support/event-samples.js';
import { eventually } from '../../support/eventually.js';
import { VERSIONS } from '../../support/eventstoredb-stand-in/behaviour.js';
import { type Cluster, startCluster } from '../../support/eventstoredb-stand-in/cluster.js';
import { recordFeed } from '../../support/feed-recorder.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDir = tempDirs();
/** Beyond the election; a caller that repeats is served by then. */
const BACK_WITHIN_MS = 2_000;

describe.each(VERSIONS)('Three nodes of EventStoreDB %s', (version) => {
  let cluster: Cluster;
  let db: EventStoreDb;

  beforeAll(async () => {
    cluster = await startCluster(newDir(), version);
    db = openEventStoreDb({ connectionString: cluster.connectionString });
  });
  let isOver = false;
  afterAll(async () => {
    // A test that failed has not stopped its writer.
    isOver = true;
    await db.close();
    await cluster.stop();
  });

  /** Appends one event after the other, each until it is known to be written, until told to stop. */
  const appending = (stream: string) => {
    let revision: Revision = NO_STREAM;
    let goesOn = true;
    const errors = new Set<string>();
    const done = (async (): Promise<number> => {
      while (goesOn && !isOver) {
        const events = sampleEvents(1);
        for (let appended = false; !appended && !isOver;) {
          const answer = await db.store.append(stream, revision, events)();
          appended = E.isRight(answer);
          if (E.isRight(answer)) revision = answer.right.revision;
          else errors.add(answer.left);
        }
      }
      return revision;
    })();
    const stop = (): Promise<number> => {
      goesOn = false;
      return done;
    };
    return { stop, errors, revision: () => revision };
  };

  it.each([
    ['dies', () => cluster.loseLeader()],
    ['stays, but no longer leads', () => cluster.deposeLeader()],
  ])(
    'go on when their leader %s: nothing is lost, nothing is written twice, and who follows sees it all',
    async (_, lose) => {
      const stream = freshStream();
      const recorder = recordFeed(db.feed, await answerOf(db.feed.head()), { streamPrefixes: [stream] });
      const writer = appending(stream);
      await eventually(() => expect(writer.revision()).toBeGreaterThan(20));
      await lose();
      const [atElection, before] = [performance.now(), writer.revision()];
      await eventually(() => expect(writer.revision()).toBeGreaterThan(before));
      expect(performance.now() - atElection).toBeLessThan(BACK_WITHIN_MS);
      expect(await db.health()).toBe('ok');
      await eventually(() => expect(writer.revision()).toBeGreaterThan(before + 20));
      await cluster.bringBack();
      const last = await writer.stop();

      const all = Array.from({ length: last + 1 }, (_, n) => n);
      expect((await answerOf(db.store.readStream(stream, 0, last + 10))).map(({ revision }) => revision)).toEqual(all);
      await eventually(() => expect(recorder.events.map(({ revision }) => revision)).toEqual(all));
      await recorder.stop();
      expect([...writer.errors]).not.toContain('RevisionConflict');
    },
  );
});
