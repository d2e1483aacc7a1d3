import { type RootDatabase, type Transaction } from 'lmdb';
import { HANDED_OVER } from '../../../application/kernel/projection/builds.js';
import { decodeEvents, decodeHeader } from '../event-store/record.js';
import { openTables as openEventTables, type Tables as EventTables } from '../event-store/tables.js';
import { decodeChunk } from '../message-log/chunk.js';
import { openTables as openLogTables, type Tables as LogTables } from '../message-log/tables.js';
import { documentOf, entriesOf } from '../read-models/stored-document.js';
import { openTables as openViewTables } from '../read-models/tables.js';
import { openTables as openSnapshotTables } from '../snapshots/tables.js';
import { checking, type DataCheck, thrown } from './data-check.js';
import { openForReading } from './open-for-reading.js';

const openDerivedTables = (root: RootDatabase<unknown>) => ({
  views: openViewTables(root),
  snapshots: openSnapshotTables(root),
});

type Derived = ReturnType<typeof openDerivedTables>;

/** What can be derived from the events again, and is read as it stands until then. */
const checkDerived = (
  { views, snapshots }: Derived,
  events: EventTables | null,
  transaction: Transaction,
): ReadonlyArray<DataCheck> => {
  const behind = checking('no view is ahead of the events');
  const [head = -1] = events?.records.getKeys({ reverse: true, limit: 1, transaction }) ?? [];
  const builds = new Set<number>();
  for (const { key, value } of views.builds.getRange({ transaction })) {
    builds.add(value.id);
    const isBehind = events === null || value.checkpoint <= head || value.checkpoint === HANDED_OVER;
    behind.look(isBehind ? null : `${key.join('/')} at ${value.checkpoint}, the events end at ${head}`);
  }

  const documents = checking('every document of a view can be read, and is found by its index entries');
  let listed = 0;
  for (const { key, value } of views.documents.getRange({ transaction })) {
    const [build, id] = key;
    // What a dropped build has left is being removed.
    if (!builds.has(build)) continue;
    const fault = thrown(() => {
      documentOf(value);
      for (const entry of entriesOf(value)) {
        listed += 1;
        if (views.entries.get([build, ...entry, id], { transaction }) === undefined) throw new Error(entry.join('/'));
      }
    });
    documents.look(fault === null ? null : `${id}: ${fault}`);
  }
  const entries = checking('every index entry of a view belongs to a document');
  let stored = 0;
  for (const [build] of views.entries.getKeys({ transaction })) if (builds.has(build)) stored += 1;
  entries.look(stored === listed ? null : `${stored} entries are stored, ${listed} belong to documents`);

  const whole = checking('every snapshot is whole, and not ahead of its stream');
  for (const { key: streamId, value } of snapshots.current.getRange({ transaction })) {
    const fault = thrown(() => {
      for (let piece = 0; piece < value.pieces; piece += 1) {
        const bytes = snapshots.pieces.get([streamId, value.generation, piece], { transaction });
        if (bytes === undefined) throw new Error(`piece ${piece} is missing`);
        JSON.parse(bytes.toString());
      }
      if (events !== null && value.revision > (events.heads.get(streamId, { transaction }) ?? -1))
        throw new Error(`it is of revision ${value.revision}`);
    });
    whole.look(fault === null ? null : `${streamId}: ${fault}`);
  }
  return [behind.done(), documents.done(), entries.done(), whole.done()];
};

/** What is on a server has no tables in the directory. */
const openTables = (root: RootDatabase<unknown>) => {
  const names = new Set(root.getKeys());
  return {
    events: names.has('event-records') ? openEventTables(root) : null,
    log: names.has('log-chunks') ? openLogTables(root) : null,
    derived: names.has('view-documents') ? openDerivedTables(root) : null,
  };
};

/** Every append can be read, stands behind the one before, and is found by its stream and revision. */
const checkEvents = (
  { records, revisions, heads }: EventTables,
  transaction: Transaction,
): ReadonlyArray<DataCheck> => {
  const readable = checking('every append of events can be read');
  const placed = checking('no two appends share a position');
  const found = checking('every append is found by its stream and revision');
  let before = -1;
  for (const { key: position, value } of records.getRange({ transaction })) {
    const { streamId, firstRevision, count } = decodeHeader(value);
    const last = firstRevision + count - 1;
    readable.look(thrown(() => decodeEvents(value, position)) && `position ${position}, of ${streamId}`);
    placed.look(position - count + 1 > before ? null : `position ${position}, of ${streamId}`);
    const indexed = revisions.get([streamId, last], { transaction }) === position;
    const headed = (heads.get(streamId, { transaction }) ?? -1) >= last;
    found.look(indexed && headed ? null : `revision ${last} of ${streamId}, at position ${position}`);
    before = position;
  }
  return [readable.done(), placed.done(), found.done()];
};

/** Streams that keep their events for ever have all of them, one after the other. */
const checkStreams = ({ records, revisions, heads, retention }: EventTables, transaction: Transaction): DataCheck => {
  const whole = checking('no stream has a gap');
  let stream: { readonly id: string; readonly last: number } | null = null;
  const ended = (one: typeof stream): void => {
    if (one !== null) whole.look(heads.get(one.id, { transaction }) === one.last ? null : `the end of ${one.id}`);
  };
  for (const { key, value: position } of revisions.getRange({ transaction })) {
    const [id, last] = key;
    const record = records.get(position, { transaction });
    const first: number | null = record === undefined ? null : decodeHeader(record).firstRevision;
    const isFirst: boolean = stream?.id !== id;
    if (isFirst) ended(stream);
    const expected: number = isFirst ? 0 : (stream?.last ?? -1) + 1;
    const mayBeDropped = isFirst && retention.get(id, { transaction }) !== undefined;
    if (first === null || (first !== expected && !mayBeDropped)) whole.look(`${id} before revision ${last}`);
    stream = { id, last };
  }
  ended(stream);
  return whole.done();
};

/** Messages of a partition follow one another up to its head, and no group has read beyond it. */
const checkLog = ({ chunks, heads, committed }: LogTables, transaction: Transaction): ReadonlyArray<DataCheck> => {
  const readable = checking('every message can be read, and none is missing between others');
  const groups = checking('no consumer group is ahead of its partition');
  let next: { readonly partition: string; readonly offset: number } | null = null;
  for (const { key, value } of chunks.getRange({ transaction })) {
    const [topic, partition, first] = key;
    const name = `${topic}/${partition}`;
    let count = 0;
    const unreadable = thrown(() => (count = decodeChunk(value, topic, partition, first).length));
    const follows: boolean = next?.partition !== name || next.offset === first;
    const within = first + count <= (heads.get([topic, partition], { transaction }) ?? 0);
    readable.look(unreadable === null && follows && within ? null : `${name} from offset ${first}`);
    next = { partition: name, offset: first + count };
  }
  for (const { key, value } of committed.getRange({ transaction })) {
    const [topic, partition, group] = key;
    const head = heads.get([topic, partition], { transaction }) ?? 0;
    groups.look(value <= head ? null : `${group} at ${value} of ${topic}/${partition}, which ends at ${head}`);
  }
  return [readable.done(), groups.done()];
};

/** Reads everything a data directory holds and compares what says the same twice. Writes nothing; a server may go on. */
export const checkData = async (directory: string): Promise<ReadonlyArray<DataCheck>> => {
  const moment = openForReading(directory, openTables);
  try {
    const { tables, transaction } = moment;
    return [
      ...(tables.events === null ? [] : checkEvents(tables.events, transaction)),
      ...(tables.events === null ? [] : [checkStreams(tables.events, transaction)]),
      ...(tables.log === null ? [] : checkLog(tables.log, transaction)),
      ...(tables.derived === null ? [] : checkDerived(tables.derived, tables.events, transaction)),
    ];
  } finally {
    await moment.close();
  }
};
