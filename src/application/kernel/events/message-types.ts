import { type z } from 'zod';
import { type OldVersion } from './event-schemas.js';

/** A message on a topic: its type, the version that is sent, and the schema of its body. */
export interface MessageType {
  readonly topic: string;
  readonly type: string;
  readonly version: number;
  readonly schema: z.ZodObject;
  readonly old?: ReadonlyArray<OldVersion>;
}

/** On a message whose type has changed: the version of its body. Absent is 1. */
export const EVENT_VERSION = 'event-version';

type Command = z.ZodObject<{ readonly eventType: z.ZodLiteral<string> } & z.ZodRawShape>;
interface Union {
  readonly options: ReadonlyArray<Command>;
}

/** Everything that one writer is asked through a topic, told apart by `eventType`. */
export interface CommandMessages<Body> {
  readonly schema: z.ZodType<Body>;
  readonly types: ReadonlyMap<string, MessageType>;
}

/** `old`: of each type that has changed, its versions before today's. A changed message gets a new version: docs/evolve-events.md. */
export const commandMessages = <Body>(
  topic: string,
  schema: z.ZodType<Body> & Union,
  old: Readonly<Record<string, ReadonlyArray<OldVersion>>> = {},
): CommandMessages<Body> => ({
  schema,
  types: new Map(
    schema.options.map((option) => {
      const type = option.shape.eventType.value;
      const before = old[type] ?? [];
      return [type, { topic, type, version: before.length + 1, schema: option, old: before }] as const;
    }),
  ),
});

/** The header that says in which version a message is sent; none for the first. */
export const versionHeader = (version: number): Readonly<Record<string, string>> =>
  version === 1 ? {} : { [EVENT_VERSION]: String(version) };
