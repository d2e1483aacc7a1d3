import { iso } from '../../kernel/iso.js';
import { type EventBody } from '../../ports/event-store.js';

/** A field of an event, where it has one and it is text. */
export const textOf = (event: EventBody, name: string): string | null => {
  const value: unknown = Reflect.get(event, name);
  return typeof value === 'string' ? value : null;
};

/** Where goods go is for the delivery alone; the others stand beside the facts. */
const APART: ReadonlySet<string> = new Set(['type', 'userId', 'at', 'shipping']);
const MOMENTS: ReadonlySet<string> = new Set(['claimBy', 'expiresAt', 'holdExpiresAt', 'holdUntil', 'idleAt']);

/** What an event says, as it is shown outside: ids, amounts, reasons, and times as ISO-8601. */
export const factsOf = (event: EventBody): Readonly<Record<string, unknown>> => {
  const fields: Readonly<Record<string, unknown>> = { ...event };
  const facts: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (APART.has(name) || value === null) continue;
    facts[name] = MOMENTS.has(name) && typeof value === 'number' ? iso(value) : value;
  }
  return facts;
};
