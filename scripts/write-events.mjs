// npm run events: writes what follows from the schemas of events and messages: docs/asyncapi.json,
// docs/events.md, the schema of a new message, and into each fixture of an event what is not there yet: its schema, and the
// state it folds to. What is frozen is never written
// again; `-- --states` writes the states anew, for a change of code that folds the same events to another state.
import { writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { format } from 'prettier';

register('../test/support/run-typescript.mjs', import.meta.url);
const { asyncApi } = await import('../src/application/operating/documents/asyncapi.ts');
const { eventsPage } = await import('../test/support/events/events-page.ts');
const { fixtures, messages, schemas } = await import('../test/support/events/fixtures.ts');
const { foldedStateOf } = await import('../test/support/events/states.ts');

const write = async (path, text, parser) =>
  writeFileSync(path, await format(text, { parser, printWidth: 120, singleQuote: true }));

const again = process.argv.includes('--states');
for (const fixture of fixtures.values()) {
  const { name, path, schema, state, ...written } = fixture;
  if (schema !== undefined && state !== undefined && !again) continue;
  const complete = {
    ...written,
    schema: schema ?? schemas.get(name),
    state: state === undefined || again ? await foldedStateOf(fixture) : state,
  };
  await write(path, JSON.stringify(complete), 'json');
}
const inForce = Object.fromEntries(messages.inForce);
await write(messages.path, JSON.stringify({ ...inForce, ...messages.frozen }), 'json');
await write('docs/events.md', eventsPage(), 'markdown');
await write('docs/asyncapi.json', JSON.stringify(asyncApi(3)), 'json');
