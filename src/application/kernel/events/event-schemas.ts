import { type RecordedEvent } from '../../ports/event-store.js';
import { type z } from 'zod';
import { type EventBody, type EventMetadata } from '../../ports/event-store.js';
import { type Check, compileCheck, jsonSchemaOf } from './schema-check.js';

/** A version that is no longer written, and how an event, or a message, of it reads in the next. */
export interface OldVersion<Next extends object = object> {
  readonly schema: z.ZodObject;
  /** Pure. Null for an event that is not of this version: it stays as it is, and is reported as unreadable. */
  readonly upcast: (old: object) => Next | null;
}

/** Today's schema of an event, after those of all versions before it; alone for an event that never changed. */
type Versions = z.ZodObject | readonly [...ReadonlyArray<OldVersion>, z.ZodObject];

/** An event with the fields that its schema has. */
export type EventOf<Type extends string, Schema extends z.ZodObject> = Readonly<z.infer<Schema>> & {
  readonly type: Type;
};

/** Without `readonly`, which no schema says; whether a field may be absent stays. */
type Plain<T> =
  T extends ReadonlyArray<infer Each>
    ? Array<Plain<Each>>
    : T extends object
      ? { -readonly [Name in keyof T]: Plain<T[Name]> }
      : T;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

type FieldsOf<Event, Type> = Plain<Omit<Extract<Event, { readonly type: Type }>, 'type'>>;
type Today<V> = V extends z.ZodObject
  ? V
  : V extends readonly [...ReadonlyArray<OldVersion>, infer Last extends z.ZodObject]
    ? Last
    : never;

/** Exactly the fields of the union, each with its type: anything else does not compile. */
type Agreeing<Event extends EventBody, Schemas> = {
  readonly [Type in keyof Schemas]: Type extends Event['type']
    ? Same<FieldsOf<Event, Type>, Plain<z.infer<Today<Schemas[Type]>>>> extends true
      ? Schemas[Type]
      : { readonly 'the schema differs from the event of the union': FieldsOf<Event, Type> }
    : never;
};

/** An event as far as reading it depends on it. */
export interface VersionedEvent {
  readonly event: EventBody;
  readonly metadata: Pick<EventMetadata, 'version'>;
}

/** One type of event: its versions, of which the last is written. */
export interface EventType {
  readonly version: number;
  readonly schemas: ReadonlyArray<z.ZodObject>;
  readonly old: ReadonlyArray<OldVersion>;
}

/** A guard for the events of one union, by their types; and whether one of them can be read. */
export interface EventSchemas<Event extends EventBody = EventBody> {
  (event: EventBody): event is Event;
  /** Why the event cannot be read: its type or version is not known, or a field is missing or of another kind. Null when it can. */
  readonly faultOf: (event: VersionedEvent) => string | null;
  /** The same only of an event that a newer version wrote. */
  readonly newerOf: (event: VersionedEvent) => string | null;
  readonly types: ReadonlyMap<string, EventType>;
}

/** What is said of events that only a newer version can read. */
export const UPGRADE_FIRST = 'a newer Doorbuster wrote it, upgrade first';

/** Why an event cannot be read; null for one that can. */
export type FaultOf = (event: RecordedEvent) => string | null;

/** Whether it is said of an event that its schema does not allow, by this version or by one before; not of one that could not be folded. */
export const isFaultOfReading = (reason: string): boolean =>
  /no event of type \S+ is known here|is of version \d+, known here|is missing or of another kind/.test(reason);

export const versionOf = ({ version = 1 }: Pick<EventMetadata, 'version'>): number => version;

/** Its check is compiled when it is first needed: a process reads few of all types. */
interface Checked {
  readonly version: number;
  readonly schema: z.ZodObject;
  check: Check | null;
}

const checkOf = (one: Checked): Check => (one.check ??= compileCheck(jsonSchemaOf(one.schema)));

/** A version that was written until the next came. `next` is pure and total: what it cannot know, it says as the next would. */
export const oldVersion = <Shape extends z.ZodRawShape, Next extends object>(
  schema: z.ZodObject<Shape>,
  next: (old: z.infer<z.ZodObject<Shape>>) => Next,
): OldVersion<Next> => {
  const checked: Checked = { version: 0, schema, check: null };
  const isOld = (event: unknown): event is z.infer<z.ZodObject<Shape>> => checkOf(checked)(event) === null;
  return { schema, upcast: (old) => (isOld(old) ? next(old) : null) };
};

const isVersions = (versions: Versions): versions is Exclude<Versions, z.ZodObject> => Array.isArray(versions);

const typeOf = (versions: Versions): EventType => {
  if (!isVersions(versions)) return { version: 1, schemas: [versions], old: [] };
  const old = versions.slice(0, -1).filter((each) => 'upcast' in each);
  const schemas = versions.map((each) => ('upcast' in each ? each.schema : each));
  return { version: versions.length, schemas, old };
};

/**
 * The events of one union with the schemas of their fields, in every version. Neither a new event nor a new field that is
 * not named here compiles. A changed event gets a new version: docs/evolve-events.md.
 * `eventSchemas<CouponEvent>()({ CouponIssued: z.object({ userId: z.string(), … }), … })`
 */
export const eventSchemas =
  <Event extends EventBody>() =>
  <const Schemas extends Readonly<Record<Event['type'], Versions>>>(
    schemas: Schemas & Agreeing<Event, Schemas>,
  ): EventSchemas<Event> => {
    const types = new Map(
      Object.entries<Versions>(schemas).map(([type, versions]) => [type, typeOf(versions)] as const),
    );
    const written = new Map<string, Checked>();
    for (const [type, { schemas: all, version }] of types)
      for (const schema of all) written.set(type, { version, schema, check: null });
    const isEvent = (event: EventBody): event is Event => types.has(event.type);
    const newerThan = (known: Checked | undefined, { event, metadata }: VersionedEvent): string | null => {
      if (known === undefined) return `no event of type ${event.type} is known here: ${UPGRADE_FIRST}`;
      return metadata.version !== undefined && metadata.version > known.version
        ? `its ${event.type} is of version ${metadata.version}, known here up to ${known.version}: ${UPGRADE_FIRST}`
        : null;
    };
    const newerOf = (recorded: VersionedEvent): string | null => newerThan(written.get(recorded.event.type), recorded);
    const faultOf = (recorded: VersionedEvent): string | null => {
      const { event } = recorded;
      const known = written.get(event.type);
      const newer = newerThan(known, recorded);
      if (known === undefined || newer !== null) return newer;
      const field = (known.check ?? checkOf(known))(event);
      return field === null ? null : `the ${field} of its ${event.type} is missing or of another kind`;
    };
    return Object.assign(isEvent, { faultOf, newerOf, types });
  };

/**
 * A guard for the events of one union, from its type names. The record is exhaustive: a new event that is not named
 * here does not compile. `eventsOf<CouponEvent>({ CouponCreated: true, … })`
 */
export const eventsOf = <Event extends EventBody>(
  types: Readonly<Record<Event['type'], true>>,
): ((event: EventBody) => event is Event) => {
  const names = new Set<string>(Object.keys(types));
  return (event): event is Event => names.has(event.type);
};
