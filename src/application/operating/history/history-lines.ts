import { either as E } from 'fp-ts';
import { z } from 'zod';
import { jsonOf } from '../../kernel/json-of.js';
import { allEvents } from '../all-events.js';
import { type HistoryEvent, EMPTY_HISTORY, nextHead } from '../../kernel/history/history-chain.js';

/** It grows when another Doorbuster could no longer import what is written. */
export const HISTORY_FORMAT = 2;

const First = z.strictObject({ history: z.literal('doorbuster'), format: z.number().int() });
const Last = z.strictObject({ events: z.number().int().nonnegative(), head: z.string().regex(/^[0-9a-f]{64}$/) });
const Event = z.strictObject({
  streamId: z.string().min(1),
  id: z.string().min(1),
  event: z.looseObject({ type: z.string().min(1) }),
  // What a later version says of an event moves with it.
  metadata: z.looseObject({
    correlationId: z.string(),
    traceparent: z.string().optional(),
    version: z.int().positive().optional(),
    source: z.object({ topic: z.string(), partition: z.number(), offset: z.number() }).optional(),
  }),
});

export type HistoryLine = z.infer<typeof First> | z.infer<typeof Last> | HistoryEvent;

/** Why a file is not the history it says it is; `line` counts from 1. */
export interface HistoryFault {
  readonly line: number;
  readonly reason: string;
}

/**
 * Reads the lines of an exported history against its chain, giving each event to `onEvent`. Left names the first line that
 * is not as it was written; nothing is known of the events before it until the last line has been read.
 */
export const readHistory = async (
  lines: AsyncIterable<string>,
  onEvent: (event: HistoryEvent) => Promise<void> | void,
): Promise<E.Either<HistoryFault, z.infer<typeof Last>>> => {
  let [line, events, head, sealed]: [number, number, string, z.infer<typeof Last> | null] = [0, 0, EMPTY_HISTORY, null];
  for await (const text of lines) {
    line += 1;
    const value = jsonOf(text);
    if (line === 1) {
      const first = First.safeParse(value);
      if (!first.success) return E.left({ line, reason: 'this is not an exported history' });
      if (first.data.format > HISTORY_FORMAT) return E.left({ line, reason: 'it was written by a newer version' });
      if (first.data.format < HISTORY_FORMAT)
        return E.left({ line, reason: 'it was written by an older version: export it again with this one' });
      continue;
    }
    if (sealed !== null) return E.left({ line, reason: 'something follows the line that seals the history' });
    const last = Last.safeParse(value);
    if (last.success) {
      if (last.data.events !== events)
        return E.left({ line, reason: `${last.data.events} events were written, ${events} are here` });
      if (last.data.head !== head)
        return E.left({ line, reason: 'an event before it was changed, left out, put in or moved' });
      sealed = last.data;
      continue;
    }
    const event = Event.safeParse(value);
    if (!event.success) return E.left({ line, reason: 'this is not an event' });
    const newer = allEvents.newerOf(event.data);
    if (newer !== null) return E.left({ line, reason: newer });
    events += 1;
    head = nextHead(head, event.data);
    await onEvent(event.data);
  }
  return sealed === null
    ? E.left({ line, reason: 'the file was cut short: its last line is missing' })
    : E.right(sealed);
};
