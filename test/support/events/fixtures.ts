import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { jsonSchemaOf } from '../../../src/application/kernel/events/schema-check.js';
import { allEvents } from '../../../src/application/operating/all-events.js';
import { type EventToAppend } from '../../../src/application/ports/event-store.js';

const FOLDER = join(import.meta.dirname, '../../fixtures/events');

/** An event of one type and version as it was once written, and what has to come of it for ever. */
const fixture = z.strictObject({
  streamId: z.string(),
  /** The fixtures before it in its stream. */
  after: z.array(z.string()),
  event: z.looseObject({ type: z.string() }),
  metadata: z.strictObject({ correlationId: z.string(), version: z.number().exactOptional() }),
  /** Absent in one that is being written: `npm run events` puts them in. */
  schema: z.record(z.string(), z.json()).exactOptional(),
  state: z.json().exactOptional(),
});

export interface Fixture extends z.infer<typeof fixture> {
  /** `StockReserved.1` */
  readonly name: string;
  readonly path: string;
}

export const nameOf = (type: string, version: number): string => `${type}.${version}`;

export const fixtures: ReadonlyMap<string, Fixture> = new Map(
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .map((relative) => {
      const path = join(FOLDER, relative);
      const read = fixture.parse(JSON.parse(readFileSync(path, 'utf8')));
      const name = nameOf(read.event.type, read.metadata.version ?? 1);
      return [name, { ...read, name, path }] as const;
    }),
);

const fixtureOf = (name: string): Fixture => {
  const found = fixtures.get(name);
  if (found === undefined) throw new Error(`There is no fixture ${name}`);
  return found;
};

/** The stream of a fixture up to its event. */
export const historyOf = ({ after, name }: Pick<Fixture, 'after' | 'name'>): ReadonlyArray<EventToAppend> =>
  [...after, name].map((each) => {
    const { event, metadata } = fixtureOf(each);
    return { id: each, event, metadata };
  });

const MESSAGES = join(FOLDER, '../messages.json');

/** The schema of every message in every version as it was frozen, and as it is in force. */
export const messages = {
  path: MESSAGES,
  frozen: z.record(z.string(), z.json()).parse(existsSync(MESSAGES) ? JSON.parse(readFileSync(MESSAGES, 'utf8')) : {}),
  inForce: new Map(
    allEvents.contexts.flatMap((context) =>
      context.messages.flatMap(({ topic, type, schema, old = [] }) =>
        [...old.map((each) => each.schema), schema].map(
          (each, index) => [`${topic}/${nameOf(type, index + 1)}`, jsonSchemaOf(each)] as const,
        ),
      ),
    ),
  ),
};

/** Every schema in force, by the name of its fixture. */
export const schemas: ReadonlyMap<string, object> = new Map(
  allEvents.contexts
    .flatMap(({ streams }) => streams.flatMap(([, { types }]) => [...types]))
    .flatMap(([type, { schemas: all }]) =>
      all.map((schema, index) => [nameOf(type, index + 1), jsonSchemaOf(schema)] as const),
    ),
);
