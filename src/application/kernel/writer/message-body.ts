import { either as E } from 'fp-ts';
import { UPGRADE_FIRST } from '../events/event-schemas.js';
import { type CommandMessages, EVENT_VERSION } from '../events/message-types.js';
import { type LoggedMessage } from '../../ports/message-log.js';

/** Not one of our messages, or damaged: trying again cannot help, except after an upgrade. */
export class UnreadableMessage extends Error {}

const isTyped = (json: unknown): json is { readonly eventType: string } =>
  typeof json === 'object' && json !== null && 'eventType' in json && typeof json.eventType === 'string';

/** The body as it would be sent today. Left: why only a newer version can read it. */
const today = <Body>({ types }: CommandMessages<Body>, json: unknown, written: number): E.Either<string, unknown> => {
  if (!isTyped(json)) return E.right(json);
  const { eventType } = json;
  const type = types.get(eventType);
  if (type === undefined) return E.left(`No message ${eventType} is known here: ${UPGRADE_FIRST}`);
  if (written > type.version)
    return E.left(`The ${eventType} is of version ${written}, known here up to ${type.version}: ${UPGRADE_FIRST}`);
  let body: object = json;
  for (const { upcast } of (type.old ?? []).slice(written - 1)) body = upcast(body) ?? body;
  return E.right(body);
};

/**
 * What a message says, whatever version it was sent in. One keyed by something else than `keyOf` says is unreadable: it
 * stands in a partition whose writer is not that aggregate's.
 */
export const messageBody =
  <Body>(messages: CommandMessages<Body>, keyOf: (body: Body) => string) =>
  ({ key, value, headers }: LoggedMessage): E.Either<UnreadableMessage, Body> => {
    const unreadable = (why: string, cause?: unknown) => E.left(new UnreadableMessage(why, { cause }));
    let json: unknown;
    try {
      json = JSON.parse(value);
    } catch (cause) {
      return unreadable('The message is not JSON', cause);
    }
    const body = today(messages, json, Number(headers[EVENT_VERSION] ?? 1));
    if (E.isLeft(body)) return unreadable(body.left);
    const parsed = messages.schema.safeParse(body.right);
    if (!parsed.success) return unreadable('The message is of no known shape', parsed.error);
    return keyOf(parsed.data) === key ? E.right(parsed.data) : unreadable('The message is keyed by another aggregate');
  };
