import { type EventBody } from '../../ports/event-store.js';

/** What a field must hold: a list of one kind, or fields of its own; `record` for anything by name. */
export type Kind =
  'string' | 'number' | 'boolean' | 'string|null' | 'number|null' | 'record' | readonly [Kind] | Fields;
/** By name; a name that ends in `?` may be absent. */
export interface Fields {
  readonly [name: string]: Kind;
}

type KindOf<Value> = [Value] extends [string]
  ? 'string'
  : [Value] extends [number]
    ? 'number'
    : [Value] extends [boolean]
      ? 'boolean'
      : [Value] extends [string | null]
        ? 'string|null'
        : [Value] extends [number | null]
          ? 'number|null'
          : [Value] extends [ReadonlyArray<infer Each>]
            ? readonly [KindOf<Each>]
            : string extends keyof Value
              ? 'record'
              : FieldsOf<Value>;

type FieldsOf<Value> = {
  readonly [Name in keyof Value & string as undefined extends Value[Name] ? `${Name}?` : Name]-?: KindOf<
    Exclude<Value[Name], undefined>
  >;
};

/** The fields of every event of a union, by its type. */
export type ShapesOf<Event extends EventBody> = {
  readonly [Type in Event['type']]: FieldsOf<Omit<Extract<Event, { readonly type: Type }>, 'type'>>;
};

/** A guard for the events of one union, by their types; and whether one of them can be read. */
export interface ShapedEvents<Event extends EventBody> {
  (event: EventBody): event is Event;
  /** Why the event cannot be read: its type is not known, or a field is missing or of another kind. Null when it can. */
  readonly faultOf: (event: EventBody) => string | null;
}

/** The first field that is not as it must be; an empty text for the value itself, null for none. */
type Check = (value: unknown) => string | null;

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isListOf = (kind: readonly [Kind] | Fields): kind is readonly [Kind] => Array.isArray(kind);

const checkList =
  (each: Check): Check =>
  (value) => {
    if (!Array.isArray(value)) return '';
    for (const one of value) {
      const fault = each(one);
      if (fault !== null) return fault;
    }
    return null;
  };

const checkFields = (fields: Fields): Check => {
  const checks = Object.entries(fields).map(([name, kind]) => ({
    name: name.replace('?', ''),
    mayBeAbsent: name.endsWith('?'),
    kind,
    check: checkOf(kind),
  }));
  return (value) => {
    if (!isFields(value)) return '';
    for (const { name, mayBeAbsent, kind, check } of checks) {
      const held = value[name];
      // Nearly every field of nearly every event: views are built anew from millions.
      if (typeof held === kind || (held === undefined && mayBeAbsent)) continue;
      const fault = check(held);
      if (fault !== null) return fault === '' ? name : `${name}.${fault}`;
    }
    return null;
  };
};

const checkOf = (kind: Kind): Check => {
  if (typeof kind !== 'string') return isListOf(kind) ? checkList(checkOf(kind[0])) : checkFields(kind);
  if (kind === 'record') return (value) => (isFields(value) ? null : '');
  const [type, orNull] = kind.split('|');
  return (value) => (typeof value === type || (value === null && orNull !== undefined) ? null : '');
};

/**
 * The events of one union with the kinds of their fields. The record is exhaustive: neither a new event nor a new field
 * that is not named here compiles. `shapedEvents<CouponEvent>({ CouponIssued: { userId: 'string', … }, … })`
 */
export const shapedEvents = <Event extends EventBody>(shapes: ShapesOf<Event>): ShapedEvents<Event> => {
  const checks = new Map(Object.entries<Fields>(shapes).map(([type, fields]) => [type, checkFields(fields)] as const));
  const isEvent = (event: EventBody): event is Event => checks.has(event.type);
  const faultOf = (event: EventBody): string | null => {
    const field = checks.get(event.type)?.(event);
    if (field === undefined) return `no event of type ${event.type} is known here`;
    return field === null ? null : `the ${field} of its ${event.type} is missing or of another kind`;
  };
  return Object.assign(isEvent, { faultOf });
};
