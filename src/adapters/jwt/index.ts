export { jwtPasses, type JwtPasses } from './jwt-passes.js';
export { encryptedSigningKeys } from './encrypted-signing-keys.js';
export { ringOfSealKeys } from './seal-keys.js';
