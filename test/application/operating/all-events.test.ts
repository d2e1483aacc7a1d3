import { z } from 'zod';
import { allEvents } from '../../../src/application/operating/all-events.js';
import { type EventBody } from '../../../src/application/ports/event-store.js';
import { fixtures } from '../../support/events/fixtures.js';

const fieldsOf = z.looseObject({ properties: z.record(z.string(), z.unknown()), required: z.array(z.string()) });
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
/** Another kind than any field may have. */
const ofAnotherKind = (value: unknown): unknown => (typeof value === 'boolean' ? 'yes' : true);

/** The value with one field put wrong, once for each field its schema names and each of the fields within it. */
const spoilt = (
  value: unknown,
  schema: unknown,
  spoil: (held: unknown, isRequired: boolean) => unknown,
): ReadonlyArray<readonly [string, unknown]> => {
  if (Array.isArray(value) && isRecord(schema))
    return spoilt(value[0], schema.items, spoil).map(([where, one]) => [`0.${where}`, [one]]);
  const fields = fieldsOf.safeParse(schema);
  if (!isRecord(value) || !fields.success) return [];
  const { properties, required } = fields.data;
  return Object.entries(value).flatMap(([name, held]): ReadonlyArray<readonly [string, unknown]> => {
    if (!(name in properties)) return [];
    const within = spoilt(held, properties[name], spoil);
    return [
      [name, { ...value, [name]: spoil(held, required.includes(name)) }],
      ...within.map(([where, one]) => [`${name}.${where}`, { ...value, [name]: one }] as const),
    ];
  });
};

/** Today's version of each event. */
const written = [...fixtures.values()].filter(
  ({ event, metadata }) => allEvents.writtenVersion(event.type) === (metadata.version ?? 1),
);

describe.each(written.map((one) => [one.event.type, one] as const))('%s', (type, { streamId, event, schema }) => {
  const faultIn = (body: EventBody): string | null =>
    allEvents.faultOf({
      streamId,
      revision: 0,
      position: 0,
      recordedAt: 0,
      id: 'i',
      event: body,
      metadata: { correlationId: 'x' },
    });
  const faults = (spoil: (held: unknown, isRequired: boolean) => unknown) =>
    spoilt(event, schema, spoil).map(([where, fields]) => [where, faultIn(Object.assign({ type }, fields))]);

  it('can be read as it was written, and with a field nobody knows', () => {
    expect(faultIn(event)).toBeNull();
    expect(faultIn(Object.assign({ ofTomorrow: 1 }, event))).toBeNull();
  });

  it('cannot be read with a field of another kind', () => {
    for (const [where, fault] of faults(ofAnotherKind))
      expect([where, fault]).toEqual([where, expect.stringContaining(where?.split('.')[0] ?? '')]);
  });

  it('cannot be read without a field that all of them have', () => {
    const without = faults((held, isRequired) => (isRequired ? undefined : held));
    const needed = faults((held, isRequired) => (isRequired ? ofAnotherKind(held) : held));
    expect(without).toEqual(needed);
  });
});

test('an event nobody knows cannot be read, nor one in the stream of others', () => {
  const placed = { streamId: 'coupon-c', revision: 0, position: 0, recordedAt: 0, id: 'i' };
  const read = (type: string) => allEvents.faultOf({ ...placed, event: { type }, metadata: { correlationId: 'x' } });
  for (const type of ['Unheard', 'OrderPaid'])
    expect(read(type)).toBe(`no event of type ${type} is known here: a newer Doorbuster wrote it, upgrade first`);
});

test('streams of others are none of ours', () => {
  const placed = { streamId: 'theirs-1', revision: 0, position: 0, recordedAt: 0, id: 'i' };
  expect(allEvents.faultOf({ ...placed, event: { type: 'Unheard' }, metadata: { correlationId: 'x' } })).toBeNull();
});
