import { type IHeaders } from 'kafkajs';
import { type LoggedMessage } from '../../application/ports/message-log.js';

interface Record_ {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: IHeaders;
  readonly offset: string;
  readonly timestamp: string;
}

const text = (header: IHeaders[string]): string => (Array.isArray(header) ? String(header[0]) : String(header ?? ''));

/** Whatever stands in the log, of whoever wrote it, as a message: a missing key, value or header becomes an empty text. */
export const toMessage = (topic: string, partition: number, record: Record_): LoggedMessage => ({
  topic,
  partition,
  offset: Number(record.offset),
  loggedAt: Number(record.timestamp),
  key: record.key?.toString() ?? '',
  value: record.value?.toString() ?? '',
  headers: Object.fromEntries(Object.entries(record.headers ?? {}).map(([name, header]) => [name, text(header)])),
});
