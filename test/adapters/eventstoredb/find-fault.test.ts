import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEventStore } from '../../../src/adapters/embedded/event-store/open-event-store.js';
import { openEventStoreDb } from '../../../src/adapters/eventstoredb/open-event-store-db.js';
import { BEGINNING, NO_STREAM } from '../../../src/application/ports/event-store.js';
import { answerOf } from '../../support/answer-of.js';
import { openedDirectory } from '../../support/embedded.js';
import { freePort } from '../../support/engines/free-port.js';
import { testCertificates } from '../../support/engines/test-certificates.js';
import { freshStream, sampleEvents } from '../../support/event-samples.js';
import { eventually } from '../../support/eventually.js';
import { type StandIn, startStandIn } from '../../support/eventstoredb-stand-in/stand-in.js';
import { recordFeed } from '../../support/feed-recorder.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDir = tempDirs();

const users = { admin: { password: 'p@ss', admin: true }, shop: { password: 'secret' } };
const ADMIN = 'admin:p%40ss';

describe('Why an event store cannot be used', () => {
  const directory = newDir();
  const { caFile, certFile, keyFile } = testCertificates();
  const tls = { key: readFileSync(keyFile), certificate: readFileSync(certFile) };
  const ca = `tlsCAFile=${encodeURIComponent(caFile)}`;
  const closing: Array<() => Promise<void>> = [];
  let secure: StandIn;
  let plain: StandIn;

  beforeAll(async () => {
    const opened = await openedDirectory(newDir());
    const embedded = openEventStore(opened.root);
    secure = await startStandIn({ ...embedded, users, tls });
    plain = await startStandIn(embedded);
    closing.push(secure.stop, plain.stop, embedded.close, opened.close);
  });
  afterAll(async () => {
    for (const close of closing) await close();
  });

  const opened = (connectionString: string) => openEventStoreDb({ connectionString, timeoutMs: 2_000 });
  const faultOf = async (connectionString: string) => {
    const db = opened(connectionString);
    const fault = await db.findFault();
    await db.close();
    return fault;
  };

  const cases: Readonly<Record<string, readonly [() => string, RegExp]>> = {
    'a wrong password': [() => `esdb://admin:wrong@localhost:${secure.port}?${ca}`, /this password of the user admin/],
    'nobody named': [() => `esdb://localhost:${secure.port}?${ca}`, /lets nobody in without a user/],
    'a user who may not read all events': [
      () => `esdb://shop:secret@localhost:${secure.port}?${ca}`,
      /the user shop may not read all events/,
    ],
    'an unknown authority': [
      () => `esdb://${ADMIN}@localhost:${secure.port}`,
      /authority .* not known here .*tlsCAFile/,
    ],
    'an authority that is not there': [
      () => `esdb://${ADMIN}@localhost:${secure.port}?tlsCAFile=${join(directory, 'none.crt')}`,
      /there is no file .*none\.crt/,
    ],
    'plain to TLS': [() => `esdb://${ADMIN}@localhost:${secure.port}?tls=false`, /speaks TLS: leave out tls=false/],
    'TLS to plain': [() => `esdb://${ADMIN}@localhost:${plain.port}`, /does not speak TLS .*add tls=false/],
  };
  it.each(Object.entries(cases))(
    '%s: the sentence says so, and what to change',
    async (_, [connectionString, sentence]) => {
      const fault = await faultOf(connectionString());
      expect(fault).toMatchObject({ kind: 'misconfigured', sentence: expect.stringMatching(sentence) });
      expect(fault?.sentence).toContain('EVENTSTORE_URL');
      expect(fault?.sentence).not.toMatch(/secret|p@ss|wrong/);
    },
  );

  it('nobody there: that may pass', async () => {
    const fault = await faultOf(`esdb://localhost:${await freePort()}?tls=false`);
    expect(fault).toMatchObject({
      kind: 'away',
      sentence: expect.stringMatching(/cannot be reached at localhost:\d+ \(ECONNREFUSED\)/),
    });
  });

  it('nothing: where all is well', async () => {
    expect(await faultOf(plain.connectionString)).toBeNull();
    expect(await faultOf(`esdb://${ADMIN}@localhost:${secure.port}?${ca}`)).toBeNull();
  });

  it('nothing: for a user who is no admin and was given what docs/event-store.md says', async () => {
    const admin = opened(`esdb://${ADMIN}@localhost:${secure.port}?${ca}`);
    const all = ['$admins', 'shop'];
    const acl = {
      type: 'update-default-acl',
      $userStreamAcl: { $r: all, $w: all, $d: all, $mr: all, $mw: all },
      $systemStreamAcl: { $r: all, $w: '$admins', $d: '$admins', $mr: '$admins', $mw: '$admins' },
    };
    await answerOf(
      admin.store.append('$settings', NO_STREAM, [
        { id: randomUUID(), event: acl, metadata: { correlationId: 'acl' } },
      ]),
    );
    await admin.close();
    const shop = `esdb://shop:secret@localhost:${secure.port}?${ca}`;
    expect(await faultOf(shop)).toBeNull();
    const db = opened(shop);
    const stream = freshStream();
    const recorder = recordFeed(db.feed, BEGINNING, { streamPrefixes: [stream] });
    await answerOf(db.store.append(stream, NO_STREAM, sampleEvents(2)));
    await answerOf(db.store.keepFor(stream, 86_400));
    expect(await answerOf(db.store.lastRevision(stream))).toBe(1);
    expect(await answerOf(db.store.readStream(stream, 0, 10))).toHaveLength(2);
    await eventually(() => expect(recorder.events).toHaveLength(2));
    await recorder.stop();
    await db.close();
  });

  it('nothing: for a cluster that is named by several hosts, some of them gone', async () => {
    const gone = await freePort();
    expect(await faultOf(`esdb://127.0.0.1:${gone},127.0.0.1:${plain.port}?tls=false`)).toBeNull();
  });
});
