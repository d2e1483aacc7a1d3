import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { either as E, option as O } from 'fp-ts';
import { open } from 'lmdb';
import { checkData } from '../../../src/adapters/embedded/backup/check-data.js';
import { restoreBackup } from '../../../src/adapters/embedded/backup/restore-backup.js';
import { takeBackup } from '../../../src/adapters/embedded/backup/take-backup.js';
import { openDataKeys } from '../../../src/adapters/embedded/data-keys/open-data-keys.js';
import { findHolder } from '../../../src/adapters/embedded/environment/index.js';
import { openEventStore } from '../../../src/adapters/embedded/event-store/open-event-store.js';
import { openReadModels } from '../../../src/adapters/embedded/read-models/open-read-models.js';
import { openSnapshots } from '../../../src/adapters/embedded/snapshots/open-snapshots.js';
import { BEGINNING } from '../../../src/application/ports/event-store.js';
import { openMessageLog } from '../../../src/adapters/embedded/message-log/open-message-log.js';
import { type DataKeys } from '../../../src/application/ports/data-keys.js';
import { answerOf } from '../../support/answer-of.js';
import { openedDirectory } from '../../support/embedded.js';
import { sampleEvent } from '../../support/event-samples.js';
import { readStreamCount } from '../../support/read-stream-count.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDirectory = tempDirs();
const newPath = (): string => join(newDirectory(), 'one');

const take = (dataDirectory: string, target: string, since: string | null = null) =>
  takeBackup({ dataDirectory, target, since, version: '1.2.3', now: '2026-11-28T12:00:00.000Z' });

const right = <A>(answer: E.Either<unknown, A>): A => {
  if (E.isLeft(answer)) throw new Error(JSON.stringify(answer.left));
  return answer.right;
};

const append = async (directory: string, stream: string, from: number, events: number, size = 10): Promise<void> => {
  const { root, close } = await openedDirectory(directory);
  const { store, close: closeStore } = openEventStore(root);
  for (let n = 0; n < events; n += 1)
    await answerOf(store.append(stream, from + n - 1, [sampleEvent(from + n, 'x'.repeat(size))]));
  await closeStore();
  await close();
};

/** Changes rows behind the back of the store, as a damaged disk or a foreign program would. */
const tamper = async (directory: string, work: (root: ReturnType<typeof open<unknown>>) => unknown): Promise<void> => {
  const root = open<unknown>({ path: join(directory, 'doorbuster.mdb'), noSubdir: true, maxDbs: 64 });
  await root.transaction(() => void work(root));
  await root.close();
};

const failing = async (directory: string): Promise<ReadonlyArray<string>> =>
  (await checkData(directory)).filter(({ ok }) => !ok).map(({ name }) => name);

describe('The keys of personal data in a backup', () => {
  const keep = async (directory: string, work: (keys: DataKeys) => Promise<unknown>): Promise<void> => {
    const { keys, close } = openDataKeys(directory);
    await work(keys);
    await close();
  };
  const keysIn = async (directory: string): Promise<Readonly<Record<string, string | null>>> => {
    const { keys, close } = openDataKeys(directory);
    const found: Record<string, string | null> = {};
    for (const userId of ['ana', 'ben', 'cem']) {
      const key = await answerOf(keys.find(userId));
      found[userId] = O.isSome(key) ? Buffer.from(key.value).toString() : null;
    }
    await close();
    return found;
  };
  const offer =
    (userId: string, key = `of ${userId}`) =>
    (keys: DataKeys) =>
      answerOf(keys.offer(userId, Buffer.from(key)));

  it('are restored with it, except those of users who were erased before it was taken', async () => {
    const [data, backup, restored] = [newDirectory(), newPath(), newPath()];
    await append(data, 's', 0, 1);
    for (const userId of ['ana', 'ben']) await keep(data, offer(userId));
    await keep(data, (keys) => answerOf(keys.destroy('ana')));
    right(await take(data, backup));
    expect(right(await restoreBackup({ backup, dataDirectory: restored })).keptErased).toStrictEqual([]);
    expect(await keysIn(restored)).toStrictEqual({ ana: null, ben: 'of ben', cem: null });
  });

  it('are not restored if a later backup, or the data directory, says that they were destroyed since', async () => {
    const [data, first, second] = [newDirectory(), newPath(), newPath()];
    await append(data, 's', 0, 1);
    for (const userId of ['ana', 'ben', 'cem']) await keep(data, offer(userId));
    right(await take(data, first));
    await keep(data, (keys) => answerOf(keys.destroy('ana')));
    await keep(data, offer('ana', 'anew'));
    right(await take(data, second));
    await keep(data, (keys) => answerOf(keys.destroy('ben')));
    const restore = async (...erased: ReadonlyArray<string>) => {
      const dataDirectory = newPath();
      const { keptErased } = right(await restoreBackup({ backup: first, dataDirectory, erased }));
      return { keptErased, keys: await keysIn(dataDirectory) };
    };
    expect(await restore()).toStrictEqual({
      keptErased: [],
      keys: { ana: 'of ana', ben: 'of ben', cem: 'of cem' },
    });
    expect(await restore(second)).toStrictEqual({
      keptErased: ['ana'],
      keys: { ana: null, ben: 'of ben', cem: 'of cem' },
    });
    expect(await restore(data)).toStrictEqual({
      keptErased: ['ana', 'ben'],
      keys: { ana: null, ben: null, cem: 'of cem' },
    });
    expect(await restoreBackup({ backup: first, dataDirectory: newPath(), erased: [newDirectory()] })).toMatchObject(
      E.left({ code: 'NO_ERASURES' }),
    );
  });

  it('stay as they are where the later backup, which says who was erased, was cut short or is not finished', async () => {
    const [data, first, second] = [newDirectory(), newPath(), newPath()];
    await append(data, 's', 0, 1);
    for (const userId of ['ana', 'ben']) await keep(data, offer(userId));
    right(await take(data, first));
    await keep(data, (keys) => answerOf(keys.destroy('ana')));
    right(await take(data, second));
    const restored = newPath();
    const restoring = () => restoreBackup({ backup: first, dataDirectory: restored, erased: [second] });
    const file = join(second, 'personal-keys.ndjson');
    const [ofBen] = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, `${ofBen}\n`);
    expect(await restoring()).toMatchObject(E.left({ code: 'BACKUP_DAMAGED', message: expect.stringContaining(file) }));
    rmSync(join(second, 'manifest.json'));
    expect(await restoring()).toMatchObject(E.left({ code: 'NO_ERASURES' }));
    expect(existsSync(restored)).toBe(false);
  });

  it('are refused when they were changed', async () => {
    const [data, backup] = [newDirectory(), newPath()];
    await append(data, 's', 0, 1);
    await keep(data, offer('ana'));
    right(await take(data, backup));
    writeFileSync(join(backup, 'personal-keys.ndjson'), '');
    expect(await restoreBackup({ backup, dataDirectory: newPath() })).toMatchObject(E.left({ code: 'BACKUP_DAMAGED' }));
  });
});

describe('A backup', () => {
  it('holds everything that was recorded before it, and nothing recorded after, while the owner goes on writing', async () => {
    const data = newDirectory();
    const { root, close } = await openedDirectory(data);
    const { store } = openEventStore(root);
    await answerOf(store.append('s', -1, [sampleEvent(0), sampleEvent(1)]));
    const target = newPath();
    const taken = take(data, target);
    const later = answerOf(store.append('s', 1, [sampleEvent(2)]));
    expect(right(await taken).manifest).toMatchObject({
      head: 1,
      doorbuster: '1.2.3',
      takenAt: '2026-11-28T12:00:00.000Z',
    });
    await later;
    await close();

    const restored = newPath();
    right(await restoreBackup({ backup: target, dataDirectory: restored }));
    const again = await openedDirectory(restored);
    const { store: found } = openEventStore(again.root);
    expect(await readStreamCount(found, 's')).toBe(2);
    await answerOf(found.append('s', 1, [sampleEvent(7)]));
    await again.close();
    expect(await failing(restored)).toEqual([]);
  });

  it('is the same beside its owner, for whom it rests between its segments, as alone', async () => {
    const data = newDirectory();
    const owner = await openedDirectory(data);
    const before = openEventStore(owner.root);
    const text = 'x'.repeat(500);
    const each = (_: unknown, n: number) => answerOf(before.store.append(`s-${n}`, -1, [sampleEvent(n, text)]));
    await Promise.all(Array.from({ length: 3_000 }, each));
    await before.close();
    await owner.close();
    const alone = right(await take(data, newPath()));
    const { root, close } = await openedDirectory(data);
    const { store } = openEventStore(root);
    let isTaken = false;
    const taking = take(data, newPath()).finally(() => (isTaken = true));
    for (let n = 0; !isTaken; n += 1) await answerOf(store.append('meanwhile', n - 1, [sampleEvent(n)]));
    const beside = right(await taking);
    await close();
    expect(beside.manifest.databases).toStrictEqual(alone.manifest.databases);
    expect(beside.manifest.databases.flatMap(({ segments }) => segments).length).toBeGreaterThan(4);
  });

  it('takes along the other files of the directory, but neither locks nor what is being written', async () => {
    const data = newDirectory();
    await append(data, 's', 0, 1);
    writeFileSync(join(data, 'keys.json'), '{"a":1}');
    writeFileSync(join(data, 'keys.json.tmp'), '{');
    writeFileSync(join(data, 'notes old~ 메모.txt'), 'ask the bank');
    const target = newPath();
    right(await take(data, target));
    const restored = newPath();
    right(await restoreBackup({ backup: target, dataDirectory: restored }));
    const others = ['keys.json', 'notes old~ 메모.txt'];
    expect(readdirSync(restored).sort()).toEqual([
      ...['doorbuster.mdb', 'doorbuster.mdb-lock', 'format'],
      ...others.toSpliced(1, 0, 'lock'),
    ]);
    expect(others.map((name) => readFileSync(join(restored, name), 'utf8'))).toEqual(['{"a":1}', 'ask the bank']);
  });

  it('fails and leaves nothing behind when its manifest could not be read again', async () => {
    const data = newDirectory();
    await append(data, 's', 0, 1);
    const target = newPath();
    const taking = takeBackup({ dataDirectory: data, target, since: null, version: '1.2.3', now: 'today' });
    await expect(taking).rejects.toThrow('takenAt');
    expect(existsSync(target)).toBe(false);
  });

  it('is for its owner alone, and so is what is restored from it', async () => {
    const data = newDirectory();
    await append(data, 's', 0, 1);
    const target = newPath();
    right(await take(data, target));
    const restored = newPath();
    right(await restoreBackup({ backup: target, dataDirectory: restored }));
    const modeOf = (file: string): number => statSync(file).mode & 0o777;
    expect([modeOf(target), modeOf(join(target, 'manifest.json'))]).toEqual([0o700, 0o600]);
    expect([modeOf(restored), modeOf(join(restored, 'doorbuster.mdb'))]).toEqual([0o700, 0o600]);
  });

  it('since another one writes only what is new, and is whole without it', async () => {
    const data = newDirectory();
    await append(data, 's', 0, 300, 20_000);
    const [first, second] = [newPath(), newPath()];
    const full = right(await take(data, first));
    await append(data, 's', 300, 3, 20_000);
    const { written, shared, manifest } = right(await take(data, second, first));
    expect(shared).toBeGreaterThan(full.written / 2);
    expect(written).toBeLessThan(full.written / 2);
    expect(manifest.head).toBe(302);

    rmSync(first, { recursive: true });
    const restored = newPath();
    right(await restoreBackup({ backup: second, dataDirectory: restored }));
    expect(await failing(restored)).toEqual([]);
  });

  it('since a damaged one writes again what is damaged there', async () => {
    const data = newDirectory();
    await append(data, 's', 0, 300, 20_000);
    const [first, second, restored] = [newPath(), newPath(), newPath()];
    right(await take(data, first));
    for (const file of readdirSync(join(first, 'segments'))) writeFileSync(join(first, 'segments', file), 'damaged');
    expect(right(await take(data, second, first))).toMatchObject({ shared: 0 });
    right(await restoreBackup({ backup: second, dataDirectory: restored }));
    expect(await failing(restored)).toEqual([]);
  });

  it('that is compact is one file without the space of what was dropped, and is restored from it', async () => {
    const data = newDirectory();
    await append(data, 'dropped', 0, 300, 20_000);
    const { root, close } = await openedDirectory(data);
    const weekLater = openEventStore(root, { now: () => Date.now() + 7 * 86_400_000 });
    await answerOf(weekLater.store.keepFor('dropped', 1));
    await answerOf(weekLater.store.append('kept', -1, [sampleEvent(900, 'x')]));
    expect(await answerOf(weekLater.sweep())).toBe(300);
    await weekLater.close();
    await close();
    const [backup, restored] = [newPath(), newPath()];
    const compact = { since: null, compact: true, version: '1.2.3', now: '2026-11-28T12:00:00.000Z' };
    const { manifest, written } = right(await takeBackup({ dataDirectory: data, target: backup, ...compact }));
    expect(manifest).toMatchObject({ head: 300, backupFormat: 2, environment: { bytes: written } });
    expect(written).toBeLessThan(statSync(join(data, 'doorbuster.mdb')).size / 10);

    right(await restoreBackup({ backup, dataDirectory: restored }));
    expect(statSync(join(restored, 'doorbuster.mdb')).size).toBe(written);
    expect(await failing(restored)).toEqual([]);
    await append(restored, 'kept', 1, 1);
    const file = join(backup, 'environment', 'doorbuster.mdb');
    const content = readFileSync(file);
    for (const damaged of [content.subarray(0, -1), content.map((byte, at) => (at === 5_000 ? byte ^ 1 : byte))]) {
      writeFileSync(file, damaged);
      const target = newPath();
      expect(await restoreBackup({ backup, dataDirectory: target })).toMatchObject(
        E.left({ code: 'BACKUP_DAMAGED', message: expect.stringContaining(file) }),
      );
      expect(existsSync(target)).toBe(false);
    }
  });

  it('that could not be finished leaves nothing behind', async () => {
    const data = newDirectory();
    await append(data, 's', 0, 1);
    const target = newPath();
    const interrupted = takeBackup({
      ...{ dataDirectory: data, target, since: null, version: '1.2.3', now: '2026-11-28T12:00:00.000Z' },
      onProgress: () => {
        throw new Error('no space left');
      },
    });
    await expect(interrupted).rejects.toThrow('no space left');
    expect(existsSync(target)).toBe(false);
    right(await take(data, target));
  });

  it('says why it was interrupted, also where it cannot remove the directory it was to fill', async () => {
    const [data, target, before] = [newDirectory(), newDirectory(), process.cwd()];
    await append(data, 's', 0, 1);
    process.chdir(target);
    // As little as a volume can a directory be removed by this name.
    const interrupted = takeBackup({
      ...{ dataDirectory: data, target: '.', since: null, version: '1.2.3', now: '2026-11-28T12:00:00.000Z' },
      onProgress: () => {
        throw new Error('no space left');
      },
    });
    await expect(interrupted.finally(() => process.chdir(before))).rejects.toThrow('no space left');
    expect(readdirSync(target)).toEqual([]);
  });

  it('is refused where one was begun and not finished, and says so', async () => {
    const [data, target] = [newDirectory(), newPath()];
    await append(data, 's', 0, 1);
    right(await take(data, target));
    rmSync(join(target, 'manifest.json'));
    expect(await take(data, target)).toMatchObject(
      E.left({ code: 'TARGET_NOT_EMPTY', message: expect.stringContaining('holds no finished backup') }),
    );
  });

  it('is refused where something is already, where there is nothing to back up, and since what is no backup', async () => {
    const data = newDirectory();
    expect(await take(data, newPath())).toMatchObject(E.left({ code: 'NO_DATA' }));
    await append(data, 's', 0, 1);
    const target = newPath();
    right(await take(data, target));
    expect(await take(data, target)).toMatchObject(E.left({ code: 'TARGET_NOT_EMPTY' }));
    expect(await take(data, newPath(), newDirectory())).toMatchObject(E.left({ code: 'NOT_A_BACKUP' }));
  });
});

describe('A restore', () => {
  it('has the directory for itself, so that no server starts on what it is about to replace', async () => {
    const [backup, target] = [await backedUp(), newDirectory()];
    const others: Array<ReturnType<typeof restoreBackup>> = [];
    const first = await restoreBackup({
      ...{ backup, dataDirectory: target },
      onProgress: () => {
        expect(findHolder(target)).toMatchObject({ held: true, holder: { pid: process.pid } });
        others.push(restoreBackup({ backup, dataDirectory: target }));
      },
    });
    right(first);
    for (const other of others) expect(E.isLeft(await other)).toBe(true);
    expect(findHolder(target)).toEqual({ held: false });
    expect(await failing(target)).toEqual([]);
    await (await openedDirectory(target)).close();
  });

  it('fills the root of a volume, which its file system has put something into', async () => {
    const target = newDirectory();
    mkdirSync(join(target, 'lost+found'), { mode: 0o700 });
    right(await restoreBackup({ backup: await backedUp(), dataDirectory: target }));
    await append(target, 'later', 0, 1);
  });

  const backedUp = async (): Promise<string> => {
    const data = newDirectory();
    await append(data, 's', 0, 5);
    const target = newPath();
    right(await take(data, target));
    return target;
  };
  const changed = (file: string, change: (content: Buffer) => Uint8Array): void =>
    writeFileSync(file, change(readFileSync(file)));
  const segmentsOf = (backup: string): ReadonlyArray<string> =>
    readdirSync(join(backup, 'segments')).map((name) => join(backup, 'segments', name));

  it('refuses a backup in which any one byte is another, names the file, and touches nothing', async () => {
    const backup = await backedUp();
    for (const file of segmentsOf(backup)) {
      const kept = readFileSync(file);
      changed(file, (content) => content.map((byte, at) => (at === content.length - 1 ? byte ^ 1 : byte)));
      const target = newPath();
      expect(await restoreBackup({ backup, dataDirectory: target })).toMatchObject(
        E.left({ code: 'BACKUP_DAMAGED', message: expect.stringContaining(file) }),
      );
      expect(existsSync(target)).toBe(false);
      writeFileSync(file, kept);
    }
    right(await restoreBackup({ backup, dataDirectory: newPath() }));
  });

  it('refuses what was cut short, what lacks a part, what has no manifest and what is newer', async () => {
    const backup = await backedUp();
    const [first = ''] = segmentsOf(backup);
    const manifest = join(backup, 'manifest.json');
    const attempt = () => restoreBackup({ backup, dataDirectory: newPath() });
    const kept = { segment: readFileSync(first), manifest: readFileSync(manifest) };
    changed(first, (content) => content.subarray(0, content.length - 1));
    expect(await attempt()).toMatchObject(E.left({ code: 'BACKUP_DAMAGED' }));
    writeFileSync(first, kept.segment);
    changed(manifest, (content) => Buffer.from(content.toString().replace(/"rows": \d+/, '"rows": 99')));
    expect(await attempt()).toMatchObject(E.left({ code: 'BACKUP_DAMAGED' }));
    changed(manifest, () => Buffer.from(kept.manifest.toString().replace('"dataFormat": 1', '"dataFormat": 99')));
    expect(await attempt()).toMatchObject(E.left({ code: 'BACKUP_TOO_NEW' }));
    changed(manifest, () => Buffer.from(kept.manifest.toString().replace('"backupFormat": 1', '"backupFormat": 99')));
    expect(await attempt()).toMatchObject(E.left({ code: 'BACKUP_TOO_NEW' }));
    rmSync(manifest);
    expect(await attempt()).toMatchObject(E.left({ code: 'NOT_A_BACKUP' }));
  });

  it('never writes over data, and clears away what an earlier attempt left', async () => {
    const backup = await backedUp();
    const target = newDirectory();
    writeFileSync(join(target, 'mine'), '');
    expect(await restoreBackup({ backup, dataDirectory: target })).toMatchObject(E.left({ code: 'TARGET_NOT_EMPTY' }));
    const cutOff = newDirectory();
    mkdirSync(join(cutOff, '.restoring'));
    copyFileSync(join(backup, 'manifest.json'), join(cutOff, '.restoring', 'doorbuster.mdb'));
    right(await restoreBackup({ backup, dataDirectory: cutOff }));
    expect(await failing(cutOff)).toEqual([]);
    expect(existsSync(join(cutOff, '.restoring'))).toBe(false);
  });
});

describe('A check of the data', () => {
  const EVENTS = 'every append of events can be read';
  const POSITIONS = 'no two appends share a position';
  const INDEX = 'every append is found by its stream and revision';
  const STREAMS = 'no stream has a gap';
  const MESSAGES = 'every message can be read, and none is missing between others';
  const DOCUMENTS = 'every document of a view can be read, and is found by its index entries';
  const ENTRIES = 'every index entry of a view belongs to a document';
  const VIEWS = 'no view is ahead of the events';
  const SNAPSHOTS = 'every snapshot is whole, and not ahead of its stream';
  const GROUPS = 'no consumer group is ahead of its partition';

  const filled = async (): Promise<string> => {
    const directory = newDirectory();
    await append(directory, 's', 0, 4);
    const { root, close } = await openedDirectory(directory);
    const opened = openMessageLog(root);
    await answerOf(opened.ensureTopics([{ name: 't', partitions: 1, retentionSeconds: 3_600 }]));
    for (const value of ['1', '2', '3']) await answerOf(opened.publish('t', { key: 'k', value, headers: {} }));
    await opened.close();
    const views = openReadModels(root);
    const document = { id: 'a', document: { n: 1 }, entries: [{ index: 'all', key: 'all', sort: 1 }] };
    const build = { view: 'v', version: 1, build: 1 };
    await answerOf(views.write(build, [document], { from: BEGINNING, to: 3 }));
    await answerOf(views.flip(build));
    await views.close();
    async function* chunks() {
      yield* [1, 2];
    }
    await answerOf(openSnapshots(root).save({ streamId: 's', version: 1, revision: 3, chunks: chunks() }));
    await close();
    return directory;
  };

  it('finds nothing wrong with what was written in the ordinary way', async () => {
    expect(await failing(await filled())).toEqual([]);
  });

  it('leaves what a newer version wrote to that one, and so does a backup', async () => {
    const [directory, target] = [await filled(), newPath()];
    writeFileSync(join(directory, 'format'), '99\n');
    await expect(checkData(directory)).rejects.toThrow(/written by a newer Doorbuster/);
    await expect(take(directory, target)).rejects.toThrow(/written by a newer Doorbuster/);
    expect(existsSync(target)).toBe(false);
  });

  it('finds nothing wrong with a view that is being built: its documents are there before what finds them', async () => {
    const directory = await filled();
    await tamper(directory, (root) => {
      const { builds, documents } = databases(root);
      builds.putSync(['v', 1, 2], { id: 2, checkpoint: BEGINNING });
      documents.putSync([2, 'a'], '[["all","all",1]]\n{"n":1}');
    });
    expect(await failing(directory)).toEqual([]);
  });

  it('looks at what is there: with its events on a server a directory holds messages alone', async () => {
    const directory = newDirectory();
    const { close } = await openedDirectory(directory);
    await close();
    expect(await checkData(directory)).toEqual([]);
    expect(right(await take(directory, newPath())).manifest.head).toBe(-1);
  });

  it.each<[string, string, (tables: Tables) => unknown]>([
    ['an append that vanished', STREAMS, ({ records }) => records.removeSync(1)],
    ['a place in the index that vanished', INDEX, ({ revisions }) => revisions.removeSync(['s', 2])],
    ['a head that was set back', INDEX, ({ heads }) => heads.putSync('s', 1)],
    [
      'an append that cannot be decoded',
      EVENTS,
      ({ records }) => changeRecord(records, (record) => record.fill('{', 22)),
    ],
    [
      'an append over another',
      POSITIONS,
      ({ records }) => changeRecord(records, (record) => record.writeUInt16LE(3, 17)),
    ],
    ['messages that vanished between others', MESSAGES, ({ chunks }) => chunks.removeSync(['t', 0, 1])],
    ['a document that cannot be read', DOCUMENTS, ({ documents }) => documents.putSync([1, 'a'], '[]\n{')],
    ['an index entry that vanished', DOCUMENTS, ({ entries }) => entries.removeSync([1, 'all', 'all', 1, 'a'])],
    ['an index entry of no document', ENTRIES, ({ entries }) => entries.putSync([1, 'all', 'all', 2, 'b'], '')],
    [
      'a view that is ahead of the events',
      VIEWS,
      ({ builds }) => builds.putSync(['v', 1, 1], { id: 1, checkpoint: 99 }),
    ],
    ['a snapshot that lacks a piece', SNAPSHOTS, ({ pieces }) => removeLast(pieces)],
    ['a snapshot that is ahead of its stream', SNAPSHOTS, ({ heads }) => heads.putSync('s', 2)],
    ['a group that has read what was never written', GROUPS, ({ committed }) => committed.putSync(['t', 0, 'g'], 99)],
  ])('finds %s', async (_what, name, change) => {
    const directory = await filled();
    await tamper(directory, (root) => change(databases(root)));
    expect(await failing(directory)).toContain(name);
  });
});

type Tables = ReturnType<typeof databases>;

/** The last append, changed in place. */
const changeRecord = (records: Tables['records'], change: (record: Buffer) => unknown): void => {
  const record = records.get(3);
  if (record === undefined) throw new Error('There is no append at 3');
  change(record);
  records.putSync(3, record);
};

const removeLast = (pieces: Tables['pieces']): void => {
  for (const key of [...pieces.getKeys({ reverse: true, limit: 1 })]) pieces.removeSync(key);
};

const databases = (root: ReturnType<typeof open<unknown>>) => ({
  records: root.openDB<Buffer, number>('event-records', { encoding: 'binary' }),
  revisions: root.openDB<number, [string, number]>('event-revisions', { encoding: 'ordered-binary' }),
  heads: root.openDB<number, string>('event-heads', { encoding: 'ordered-binary' }),
  chunks: root.openDB<string, [string, number, number]>('log-chunks', { encoding: 'string' }),
  builds: root.openDB<{ id: number; checkpoint: number }, [string, number, number]>('view-builds', {
    encoding: 'json',
  }),
  documents: root.openDB<string, [number, string]>('view-documents', { encoding: 'string' }),
  entries: root.openDB<string, [number, string, string, number, string]>('view-entries', { encoding: 'string' }),
  pieces: root.openDB<Buffer, [string, number, number]>('snapshot-pieces', { encoding: 'binary' }),
  committed: root.openDB<number, [string, number, string]>('log-committed', { encoding: 'ordered-binary' }),
});
