import openapiTypescript, { astToString } from 'openapi-typescript';
import { z } from 'zod';
import { openApiDocument } from '../../../src/adapters/http/openapi.js';
import { allRoutes } from './all-routes.js';

export const API_TYPES = 'packages/client/src/api.ts';

const refusal = z.object({
  content: z.object({
    'application/problem+json': z.object({
      schema: z.object({
        allOf: z.tuple([
          z.unknown(),
          z.object({ properties: z.object({ code: z.object({ enum: z.array(z.string()) }) }) }),
        ]),
      }),
    }),
  }),
});
const operation = z.looseObject({
  parameters: z.array(z.looseObject({ in: z.string() })),
  responses: z.record(z.string(), z.looseObject({})),
});
const document = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), operation)) });

/** Who calls asks for the code, not for the status: one type for all refusals of an operation, with their codes. */
const slim = ({ parameters, responses, ...rest }: z.output<typeof operation>): object => {
  const codes = new Set<string>();
  const answers: Record<string, object> = {};
  for (const [status, { headers: _, ...answer }] of Object.entries(responses)) {
    const refused = refusal.safeParse(answer);
    if (!refused.success) answers[status] = answer;
    else
      for (const code of refused.data.content['application/problem+json'].schema.allOf[1].properties.code.enum)
        codes.add(code);
  }
  const schema = {
    allOf: [
      { $ref: '#/components/schemas/Problem' },
      { type: 'object', required: ['code'], properties: { code: { enum: [...codes].sort() } } },
    ],
  };
  const refused = { description: 'Refused', content: { 'application/problem+json': { schema } } };
  return {
    ...rest,
    // The client itself sees to these.
    parameters: parameters.filter((parameter) => parameter.in !== 'header'),
    responses: { ...answers, default: refused },
  };
};

/** The OpenAPI document as types, as the client has them. */
export const apiTypes = async (): Promise<string> => {
  const { paths, ...rest } = document.parse(openApiDocument(allRoutes(), '0.0.0'));
  const slimPaths = Object.fromEntries(
    Object.entries(paths).map(([path, methods]) => [
      path,
      Object.fromEntries(Object.entries(methods).map(([method, described]) => [method, slim(described)])),
    ]),
  );
  const types = await openapiTypescript(JSON.stringify({ ...rest, paths: slimPaths }));
  return `// Written by \`npm run api-types\` from the OpenAPI document.\n${astToString(types)}`;
};
