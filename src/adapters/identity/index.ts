export { apiKeyFile, createApiKey, newApiKey, readApiKeys, revokeApiKey } from './api-keys.js';
export { DEV_AUDIENCE, DEV_ISSUER, devIssuerKeys, devToken } from './dev-issuer.js';
export { identifyBy, type KnownSecret } from './identify.js';
export { ALGORITHMS, countUsable, issuerKeys, loggable, readIssuerKeys, whyAway } from './issuer-keys.js';
export { jwtIdentity } from './jwt-identity.js';
export { InUse, keepPrivate, NotPrivate, readPrivate } from './private-file.js';
export { type Role, ROLES } from './role-of.js';
