import { z } from 'zod';
import { openApiDocument } from '../../../src/adapters/http/openapi.js';
import { allRoutes } from './all-routes.js';
import { sharedContract } from './shared-contract.js';

const schema = z.record(z.string(), z.unknown());
const content = z.record(z.string(), z.object({ schema }));

const operation = z.object({
  operationId: z.string(),
  parameters: z.array(
    z.object({
      name: z.string(),
      in: z.enum(['path', 'query', 'header']),
      required: z.boolean().default(false),
      schema,
    }),
  ),
  requestBody: z.object({ required: z.boolean().default(false), content }).optional(),
  responses: z.record(
    z.string(),
    z.object({
      headers: z.record(z.string(), z.object({ required: z.boolean().default(false) })),
      content: content.optional(),
    }),
  ),
});

const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), schema) }),
});

export type Operation = z.output<typeof operation>;

let made: { readonly text: string; readonly parsed: z.output<typeof document> } | undefined;

/** The OpenAPI document as it is served, and what a checker needs of it. */
export const contract = () => {
  if (made !== undefined) return made;
  const text = sharedContract().document(() => JSON.stringify(openApiDocument(allRoutes(), '0.0.0')));
  return (made = { text, parsed: document.parse(JSON.parse(text)) });
};
