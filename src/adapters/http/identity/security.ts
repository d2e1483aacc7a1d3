import { type Route } from '../route.js';
import { type Access } from './access.js';

/** How callers show who they are, as OpenAPI has it; a server without authentication asks none of it. */
export const securitySchemes = {
  user: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: "A token of the shop's issuer: `sub` is the user. For what concerns that user.",
  },
  service: { type: 'http', scheme: 'bearer', description: 'An API key of the role `service`, or a token with it.' },
  viewer: { type: 'http', scheme: 'bearer', description: 'An API key of the role `viewer`, or a token with it.' },
  operator: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key of the role `operator`, a token with it, or ADMIN_TOKEN.',
  },
  ticket: {
    type: 'apiKey',
    in: 'query',
    name: 'ticket',
    description: 'From `POST /api/sse/tickets`: for the stream of its user, once, within 30 seconds.',
  },
} as const;

type Requirement = Partial<Readonly<Record<keyof typeof securitySchemes, ReadonlyArray<never>>>>;

const byAccess = (access: Access): ReadonlyArray<Requirement> => {
  switch (access) {
    case 'public':
      return [];
    case 'service':
      return [{ service: [] }, { operator: [] }];
    case 'viewer':
      return [{ viewer: [] }, { operator: [] }];
    case 'operator':
      return [{ operator: [] }];
    default:
      return [{ user: [] }, { service: [] }];
  }
};

/** Any one of these is enough; an empty list: everybody may call. */
export const security = ({
  access,
  takesTickets,
}: Pick<Route, 'access' | 'takesTickets'>): ReadonlyArray<Requirement> => [
  ...byAccess(access),
  ...(takesTickets === true ? [{ ticket: [] }] : []),
];
