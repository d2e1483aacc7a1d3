import { readFileSync } from 'node:fs';
import { API_TYPES, apiTypes } from '../support/contract/api-types.js';

test('the types of the client are those of the OpenAPI document', async () => {
  const inForce = await apiTypes();
  const isUpToDate = readFileSync(API_TYPES, 'utf8') === inForce;
  expect(isUpToDate ? API_TYPES : `${API_TYPES} is stale: npm run api-types`).toBe(API_TYPES);
});
