import { type z } from 'zod';
import { jsonSchemaOf, type JsonSchema } from '../../../src/application/kernel/events/schema-check.js';
import { type EventType } from '../../../src/application/kernel/events/event-schemas.js';
import { type ContextSchemas } from '../../../src/application/kernel/events/event-registry.js';
import { allEvents } from '../../../src/application/operating/all-events.js';

const HEAD = `# Events

Every event that is stored, with its fields, as \`npm run events\` writes it from the schemas of the code. Times (\`at\`, \`…At\`,
\`…Until\`, \`…By\`) are epoch milliseconds, durations milliseconds, amounts in the currency's smallest unit. A name with \`?\` may be
absent. An event of a version before the last is read as one of the last ([how](evolve-events.md)); its version stands in its
metadata as \`version\`, and 1 is left out. The bodies of the messages are in [asyncapi.json](asyncapi.json).
`;

const kindOf = (schema: JsonSchema | boolean): string => {
  if (typeof schema === 'boolean') return 'anything';
  const { type, enum: members, const: only, anyOf = schema.oneOf, items, properties } = schema;
  if (only !== undefined) return JSON.stringify(only);
  if (members !== undefined) return members.map((each) => JSON.stringify(each)).join(' or ');
  if (anyOf !== undefined) return anyOf.map(kindOf).join(' or ');
  if (type === 'array') return `list of ${kindOf(Array.isArray(items) ? true : (items ?? true))}`;
  if (type === 'object') return properties === undefined ? 'fields of any name' : `{ ${fieldsOf(schema).join(', ')} }`;
  return (Array.isArray(type) ? type : [type]).join(' or ');
};

const fieldsOf = ({ properties = {}, required = [] }: JsonSchema): ReadonlyArray<string> =>
  Object.entries(properties).map(([name, field]) => `${name}${required.includes(name) ? '' : '?'}: ${kindOf(field)}`);

const said = (schema: z.ZodType): string =>
  fieldsOf(jsonSchemaOf(schema))
    .map((field) => `\`${field}\``)
    .join(', ');

const typeOf = ([type, { schemas, version }]: readonly [string, EventType]): string =>
  schemas
    .map((schema, index) =>
      index + 1 === version ? `- **${type}** ${version}: ${said(schema)}` : `  - version ${index + 1}: ${said(schema)}`,
    )
    .reverse()
    .join('\n');

const streamsOf = ({ streams }: ContextSchemas): ReadonlyArray<string> =>
  streams.flatMap(([prefix, { types }]) => [`### \`${prefix}…\``, [...types].map(typeOf).join('\n')]);

const messagesOf = ({ messages }: ContextSchemas): ReadonlyArray<string> => {
  const onTopic = [...new Set(messages.map(({ topic }) => topic))].map((topic) => {
    const on = messages.filter((message) => message.topic === topic);
    return `- \`${topic}\`: ${on.map(({ type, version }) => `${type} (${version})`).join(', ')}`;
  });
  return onTopic.length === 0 ? [] : ['### Messages', onTopic.join('\n')];
};

/** docs/events.md, before it is formatted. */
export const eventsPage = (): string =>
  [HEAD, ...allEvents.contexts.flatMap((each) => [`## ${each.context}`, ...streamsOf(each), ...messagesOf(each)])].join(
    '\n\n',
  );
