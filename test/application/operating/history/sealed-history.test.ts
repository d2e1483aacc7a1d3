import { either as E, taskEither as TE } from 'fp-ts';
import { type RootDatabase } from 'lmdb';
import { openTables } from '../../../../src/adapters/embedded/event-store/tables.js';
import {
  decodeEvents,
  decodeHeader,
  encodeBody,
  encodeRecord,
} from '../../../../src/adapters/embedded/event-store/record.js';
import { publishedSeals } from '../../../../src/application/operating/history/published-seals.js';
import { SEAL_STREAM } from '../../../../src/application/operating/history/seal.js';
import { verifyHistory } from '../../../../src/application/operating/history/verify-history.js';
import { exportHistory } from '../../../../src/application/operating/history/export-history.js';
import { importHistory } from '../../../../src/application/operating/history/import-history.js';
import { type EventToAppend } from '../../../../src/application/ports/event-store.js';
import { answerOf } from '../../../support/answer-of.js';
import { eventually } from '../../../support/eventually.js';
import { wallClock } from '../../../support/in-memory/quiet.js';
import { sampleEvent, sampleEvents } from '../../../support/event-samples.js';
import { sealedStore, type SealedStore } from '../../../support/sealed-history.js';
import { tempDirs } from '../../../support/temp-dir.js';

const newDir = tempDirs();
const newStore = (now?: () => number): Promise<SealedStore> => sealedStore(newDir(), now);

const FIRST_OF_KEYS = 2;

/** Ten streams of one event each, in the order of their numbers, sealed. */
const tenSealed = async (): Promise<SealedStore> => {
  const store = await newStore();
  for (const number of Array.from({ length: 10 }).keys())
    await answerOf(store.opened.store.append(`sample-${number}`, -1, [sampleEvent(number)]));
  await store.sealAll();
  return store;
};

/** Writes other events into the record of an append, as somebody with the files in their hands would. */
const overwrite = async (
  root: RootDatabase<unknown>,
  position: number,
  change: (events: ReadonlyArray<EventToAppend>) => ReadonlyArray<EventToAppend> | null,
  streamId?: string,
): Promise<void> => {
  const { records } = openTables(root);
  const record = records.get(position);
  if (record === undefined) throw new Error(`nothing stands at ${position}`);
  const header = decodeHeader(record);
  const events = change(decodeEvents(record, position));
  if (events === null) await records.remove(position);
  else
    await records.put(
      position,
      encodeRecord({ ...header, streamId: streamId ?? header.streamId, count: events.length }, encodeBody(events)),
    );
};

const recordAt = (root: RootDatabase<unknown>, position: number): Buffer =>
  openTables(root).records.get(position) ?? Buffer.alloc(0);

describe('a sealed history', () => {
  it('passes, is sealed by a thousand and after ten seconds, and each seal follows the one before it', async () => {
    const store = await newStore();
    for (let number = 0; number < 2_500; number += 500)
      await answerOf(store.opened.store.append('sample-many', number - 1, sampleEvents(500, number)));
    const task = await store.startSealing({ ...wallClock, elapsed: () => 0 });
    const counts = async (): Promise<ReadonlyArray<number>> => (await store.seals()).map(({ count }) => count);
    // While no time passes, the rest waits.
    await eventually(async () => expect(await counts()).toEqual([1_000, 1_000]));
    await task.stop();
    await store.sealAll();
    expect((await counts()).reduce((sum, count) => sum + count, 0)).toBe(2_500 + FIRST_OF_KEYS);
    const last = (await store.seals()).at(-1);
    expect(await store.verified()).toMatchObject({
      ...{ verdict: 'PASS', events: 2_502, unsealed: 0, dropped: 0 },
      last: { at: new Date(last?.at ?? NaN).toISOString() },
    });
    await store.close();
  });

  it('goes on after a restart where the last seal ended, and is not sealed for the sake of its own seals', async () => {
    const store = await tenSealed();
    const before = await store.seals();
    await answerOf(store.opened.store.append('sample-later', -1, [sampleEvent(11)]));
    const later = store.reopened();
    await later.sealAll();
    const after = await later.seals();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.slice(before.length).map(({ count }) => count)).toEqual([1]);
    expect(await later.verified(before.length)).toMatchObject({ verdict: 'PASS', events: 1 });
    expect(await later.verified()).toMatchObject({ verdict: 'PASS' });
    await store.close();
  });

  it('is sealed by one of two who seal at once', async () => {
    const store = await newStore();
    const tasks = await Promise.all([store.startSealing(), store.reopened().startSealing()]);
    await answerOf(store.opened.store.append('sample-1', -1, sampleEvents(3)));
    await eventually(async () => (await store.verified()).events >= 3);
    await Promise.all(tasks.map(({ stop }) => stop()));
    expect(await store.verified()).toMatchObject({ verdict: 'PASS' });
    await store.close();
  });

  it('names the first event that was changed', async () => {
    const store = await tenSealed();
    await overwrite(store.root, 4, (events) => events.map((each) => ({ ...each, event: sampleEvent(99).event })));
    const found = await store.reopened().verified();
    expect(found).toMatchObject({
      verdict: 'FAIL',
      fault: { damage: 'CHANGED', seal: 0, event: { streamId: 'sample-4', position: 4, revision: 0 } },
    });
    expect(found.reasons.join()).toContain('event 0 of sample-4 at position 4 was changed');
    await store.close();
  });

  it('names the event before which one was left out', async () => {
    const store = await tenSealed();
    await overwrite(store.root, 4, () => null);
    expect(await store.reopened().verified()).toMatchObject({
      verdict: 'FAIL',
      fault: { damage: 'LEFT_OUT', event: { streamId: 'sample-5' } },
    });
    await store.close();
  });

  it('names the event that was put in', async () => {
    const store = await tenSealed();
    // There is no room between two positions: the record of one event is made one of two.
    await overwrite(store.root, 4, (events) => [sampleEvent(77), ...events]);
    const { records } = openTables(store.root);
    const five = recordAt(store.root, 4);
    expect(decodeEvents(five, 4)).toHaveLength(2);
    await records.put(3.5, recordAt(store.root, 3));
    await records.remove(3);
    const found = await store.reopened().verified();
    expect(found).toMatchObject({ verdict: 'FAIL', fault: { damage: 'PUT_IN', event: { streamId: 'sample-4' } } });
    await store.close();
  });

  it('names the first event that stands in another order', async () => {
    const store = await tenSealed();
    const { records } = openTables(store.root);
    const [three, six] = [recordAt(store.root, 3), recordAt(store.root, 6)];
    await records.put(3, six);
    await records.put(6, three);
    expect(await store.reopened().verified()).toMatchObject({
      verdict: 'FAIL',
      fault: { damage: 'MOVED', event: { streamId: 'sample-6', position: 3 } },
    });
    await store.close();
  });

  it('does not believe a seal that was changed', async () => {
    const store = await tenSealed();
    const [seal] = await store.seals();
    const at = await answerOf(store.opened.feed.head());
    await overwrite(store.root, at, (events) =>
      events.map((each) => ({ ...each, event: { ...seal, type: 'HistorySealed', count: 9 } })),
    );
    const changed = await store.reopened().verified();
    expect(changed.reasons.join()).toContain('its signature is not of its key');
    await store.close();
  });

  it('sealed anew by somebody who has no key of the shop is not believed by whoever kept its keys', async () => {
    const [store, forger] = [await tenSealed(), await newStore()];
    const { keys } = await answerOf(publishedSeals(store.opened.store)());
    const kept = { keys: keys.map((key) => ({ type: 'SealKeyRecorded' as const, ...key })) };
    expect(await store.verified(0, kept)).toMatchObject({ verdict: 'PASS' });
    await answerOf(forger.opened.store.append('sample-0', -1, [sampleEvent(99)]));
    await forger.sealAll();
    expect(await forger.verified()).toMatchObject({ verdict: 'PASS' });
    const found = await forger.verified(0, kept);
    expect(found.reasons.join()).toMatch(/seal 0: its key [\w-]+ is not known/);
    // The name of a key is no proof.
    const [seal] = await forger.seals();
    const renamed = kept.keys.map((key) => ({ ...key, keyId: seal?.keyId ?? '' }));
    expect((await forger.verified(0, { keys: renamed })).reasons.join()).toContain('its signature is not of its key');
    await Promise.all([store.close(), forger.close()]);
  });

  it('whose end was cut off lacks the seal that somebody kept', async () => {
    const store = await tenSealed();
    const cut = await answerOf(store.opened.feed.head());
    await answerOf(store.opened.store.append('sample-later', -1, sampleEvents(5)));
    await store.sealAll();
    const { last: known } = await answerOf(publishedSeals(store.opened.store)());
    expect(await store.verified(0, { known })).toMatchObject({ verdict: 'PASS' });
    const { records, revisions, heads } = openTables(store.root);
    for (const position of [...records.getKeys({ start: cut + 1 })]) {
      const { streamId, firstRevision, count } = decodeHeader(recordAt(store.root, position));
      await revisions.remove([streamId, firstRevision + count - 1]);
      await records.remove(position);
      if (firstRevision === 0) await heads.remove(streamId);
      else await heads.put(streamId, firstRevision - 1);
    }
    const later = store.reopened();
    expect(await later.verified()).toMatchObject({ verdict: 'PASS' });
    const found = await later.verified(0, { known });
    expect(found.reasons.join()).toContain('the end of the history was cut off');
    await answerOf(later.opened.store.append('sample-other', -1, sampleEvents(5)));
    await later.sealAll();
    expect((await later.verified(0, { known })).reasons.join()).toContain('is another one than it was');
    await store.close();
  });

  it('is as it was sealed though the store has dropped rejections after their time', async () => {
    const store = await newStore();
    await answerOf(store.opened.store.append('sample-1', -1, sampleEvents(2)));
    await answerOf(store.opened.store.append('couponRejections-x', -1, sampleEvents(2)));
    await answerOf(store.opened.store.append('sample-2', -1, sampleEvents(2)));
    await store.sealAll();
    await overwrite(store.root, 3, () => null);
    expect(await store.reopened().verified()).toMatchObject({ verdict: 'PASS', dropped: 2, unsealed: 0 });
    await store.close();
  });

  it('goes on after a restart though the store has dropped everything that the last seals were of', async () => {
    const store = await tenSealed();
    const { store: events, sweep } = store.opened;
    for (const revision of [-1, 0]) {
      await answerOf(events.append('couponRejections-x', revision, [sampleEvent(revision)]));
      await store.sealAll();
    }
    await answerOf(events.keepFor('couponRejections-x', 0));
    expect(await answerOf(sweep())).toBe(2);
    const later = store.reopened();
    await answerOf(later.opened.store.append('sample-later', -1, [sampleEvent(11)]));
    await later.sealAll();
    expect((await later.seals()).at(-1)).toMatchObject({ count: 1, end: { streamId: 'sample-later' } });
    expect(await later.verified()).toMatchObject({ verdict: 'PASS', dropped: 2, unsealed: 0 });
    const last = (await later.seals()).length - 1;
    expect(await later.verified(last)).toMatchObject({ verdict: 'PASS', events: 1, dropped: 0 });
    await store.close();
  });

  it('goes on behind what is left of the seals before the last one', async () => {
    const store = await tenSealed();
    const { store: events, sweep } = store.opened;
    await answerOf(events.append('couponRejections-kept', -1, [sampleEvent(11)]));
    await answerOf(events.append('couponRejections-x', -1, [sampleEvent(12)]));
    await store.sealAll();
    await answerOf(events.append('couponRejections-x', 0, [sampleEvent(13)]));
    await store.sealAll();
    await answerOf(events.keepFor('couponRejections-x', 0));
    expect(await answerOf(sweep())).toBe(2);
    const later = store.reopened();
    await answerOf(later.opened.store.append('sample-later', -1, [sampleEvent(14)]));
    await later.sealAll();
    expect(await later.verified()).toMatchObject({ verdict: 'PASS', dropped: 2, unsealed: 0 });
    await store.close();
  });

  it('is not sealed any further while events of the last seal are missing that the store must not drop', async () => {
    const store = await tenSealed();
    const { position } = await answerOf(store.opened.store.append('sample-later', -1, [sampleEvent(11)]));
    await store.sealAll();
    await overwrite(store.root, position, () => null);
    await expect(store.reopened().startSealing()).rejects.toThrow('SealedEventsMissing');
    await store.close();
  });

  it('is verified and goes on where it was moved to, whatever the positions there are', async () => {
    const from = await newStore();
    for (const number of [0, 1, 2]) {
      await answerOf(from.opened.store.append(`sample-${number}`, -1, sampleEvents(2)));
      await from.sealAll();
    }
    const to = await newStore();
    const writing = importHistory(to.opened.store, 1);
    for await (const line of exportHistory(from.opened.feed, await answerOf(from.opened.feed.head())))
      if ('streamId' in line) await writing.add(line);
    await writing.end();
    expect(await to.verified()).toMatchObject({ verdict: 'PASS', unsealed: 0 });
    await answerOf(to.opened.store.append('sample-new', -1, sampleEvents(1)));
    await to.sealAll();
    expect(await to.verified()).toMatchObject({ verdict: 'PASS', unsealed: 0 });
    await Promise.all([from.close(), to.close()]);
  });

  it('is not judged from a later seal on while the store does not answer where the one before it ends', async () => {
    const store = await tenSealed();
    const { store: eventStore, feed } = store.opened;
    const answering: typeof eventStore.readStream = (stream, from, limit) =>
      stream === SEAL_STREAM ? eventStore.readStream(stream, from, limit) : TE.left('EventStoreUnavailable');
    const verify = verifyHistory({ feed, eventStore: { readStream: answering } });
    const keys = (await answerOf(publishedSeals(eventStore)())).keys.map((key) => ({
      type: 'SealKeyRecorded' as const,
      ...key,
    }));
    expect(await verify({ fromSeal: 1, keys })()).toEqual(E.left({ code: 'UNAVAILABLE' }));
    await store.close();
  });

  it('is signed by the keys of their time, all of which stay in the history', async () => {
    let now = Date.now();
    const store = await newStore(() => now);
    await answerOf(store.opened.store.append('sample-1', -1, sampleEvents(1)));
    await store.sealAll();
    now += 400 * 86_400_000;
    await answerOf(store.opened.store.append('sample-2', -1, sampleEvents(1)));
    const later = store.reopened();
    await later.sealAll();
    const keyIds = (await later.seals()).map(({ keyId }) => keyId);
    expect(new Set(keyIds).size).toBe(2);
    expect(await later.verified()).toMatchObject({ verdict: 'PASS' });
    await store.close();
  });
});
