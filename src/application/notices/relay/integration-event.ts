import { z } from 'zod';

/** What the outside is told: a topic, the key that orders it, and a payload of a published schema. */
export interface IntegrationEvent {
  readonly topic: string;
  readonly key: string;
  readonly type: string;
  readonly version: number;
  /** Without the envelope: eventId, eventType and occurredAt are added by the relay. */
  readonly payload: object;
}

/** A published message: its type, where it goes, and the schema of its payload. AsyncAPI is generated from these. */
export interface IntegrationMessage<Type extends string = string, Payload extends z.ZodRawShape = z.ZodRawShape> {
  readonly type: Type;
  readonly topic: string;
  readonly version: number;
  readonly schema: z.ZodObject<Payload>;
  /** Takes whatever has the payload's fields, and tells no other. */
  readonly of: (key: string, source: z.infer<z.ZodObject<Payload>>) => IntegrationEvent;
}

const only = (names: ReadonlyArray<string>, source: object): object => {
  const told: Record<string, unknown> = {};
  for (const name of names) if (Object.hasOwn(source, name)) told[name] = Reflect.get(source, name);
  return told;
};

export const integrationMessage = <const Type extends string, Payload extends z.ZodRawShape>(
  topic: string,
  type: Type,
  payload: Payload,
  version = 1,
): IntegrationMessage<Type, Payload> => {
  const names = Object.keys(payload);
  return {
    type,
    topic,
    version,
    schema: z.object(payload),
    of: (key, source) => ({ topic, key, type, version, payload: only(names, source) }),
  };
};

/** Around every payload. */
export const envelope = z.object({
  eventId: z.string().describe('The same however often the message is sent: consumers deduplicate by it.'),
  eventType: z.string(),
  occurredAt: z.iso.datetime(),
});
