import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { eventsPage } from '../../support/events/events-page.js';
import { fixtures, messages, nameOf, schemas } from '../../support/events/fixtures.js';
import { foldedStateOf } from '../../support/events/states.js';
import { allEvents } from '../../../src/application/operating/all-events.js';

const types = allEvents.contexts.flatMap(({ streams }) => streams.flatMap(([, events]) => [...events.types]));

test('no two events have the same name', () => {
  const known = new Map<string, unknown>();
  for (const [name, type] of types) expect(known.set(name, known.get(name) ?? type).get(name)).toBe(type);
});

test('every version of every event has a fixture', () => {
  expect([...fixtures.keys()].sort()).toEqual([...schemas.keys()].sort());
});

test('an event of an old version comes before today’s', () => {
  for (const [name, { version, old }] of types) {
    expect([name, old.length]).toEqual([name, version - 1]);
    for (let each = 1; each <= version; each += 1) expect(fixtures.has(nameOf(name, each))).toBe(true);
  }
});

describe.each([...fixtures])('%s', (name, fixture) => {
  test('has the schema it was frozen with: to change the event, add a version (docs/evolve-events.md)', () => {
    expect(schemas.get(name)).toEqual(fixture.schema);
  });

  test('folds to the state it was frozen with', async () => {
    expect(await foldedStateOf(fixture)).toEqual(fixture.state);
  });
});

test('every message has the schema it was frozen with: to change one, add a version (docs/evolve-events.md)', () => {
  expect(Object.fromEntries(messages.inForce)).toEqual(messages.frozen);
});

test('docs/events.md is what `npm run events` writes', async () => {
  const page = await format(eventsPage(), { parser: 'markdown', printWidth: 120 });
  expect(readFileSync('docs/events.md', 'utf8')).toBe(page);
});
