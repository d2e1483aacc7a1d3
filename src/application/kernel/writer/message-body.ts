import { either as E } from 'fp-ts';
import { type z } from 'zod';
import { type LoggedMessage } from '../../ports/message-log.js';

/** Not one of ours, or damaged: trying again cannot help. */
export class UnreadableMessage extends Error {}

/**
 * What a message says, as a schema describes it. One keyed by something else than `keyOf` says is unreadable: it stands in
 * a partition whose writer is not that aggregate's.
 */
export const messageBody =
  <Body>(schema: z.ZodType<Body>, keyOf: (body: Body) => string) =>
  ({ key, value }: LoggedMessage): E.Either<UnreadableMessage, Body> => {
    const unreadable = (why: string, cause?: unknown) => E.left(new UnreadableMessage(why, { cause }));
    let json: unknown;
    try {
      json = JSON.parse(value);
    } catch (cause) {
      return unreadable('The message is not JSON', cause);
    }
    const parsed = schema.safeParse(json);
    if (!parsed.success) return unreadable('The message is of no known shape', parsed.error);
    return keyOf(parsed.data) === key ? E.right(parsed.data) : unreadable('The message is keyed by another aggregate');
  };
