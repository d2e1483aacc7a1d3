import { type RootDatabase, type Transaction } from 'lmdb';
import { decodeEvents, decodeHeader } from '../event-store/record.js';
import { openTables as openEventTables, type Tables as EventTables } from '../event-store/tables.js';
import { decodeChunk } from '../message-log/chunk.js';
import { openTables as openLogTables, type Tables as LogTables } from '../message-log/tables.js';
import { checking, type DataCheck, thrown } from './data-check.js';
import { openForReading } from './open-for-reading.js';
import { openDerivedTables, checkDerived } from './check-derived.js';

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
