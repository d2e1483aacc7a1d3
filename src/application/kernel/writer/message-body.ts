import { type z } from 'zod';
import { type LoggedMessage } from '../../ports/message-log.js';
import { UnreadableMessage } from './keyed-writing.js';

const asJson = (value: string): unknown => {
  try {
    return JSON.parse(value);
  } catch (cause) {
    throw new UnreadableMessage('The message is not JSON', { cause });
  }
};

/**
 * What a message says, as a schema describes it; throws UnreadableMessage. One keyed by something else than `keyOf`
 * says is unreadable: it stands in a partition whose writer is not that aggregate's.
 */
export const messageBody =
  <Body>(schema: z.ZodType<Body>, keyOf: (body: Body) => string) =>
  ({ key, value }: LoggedMessage): Body => {
    const parsed = schema.safeParse(asJson(value));
    if (!parsed.success) throw new UnreadableMessage('The message is of no known shape', { cause: parsed.error });
    if (keyOf(parsed.data) !== key) throw new UnreadableMessage('The message is keyed by another aggregate');
    return parsed.data;
  };
