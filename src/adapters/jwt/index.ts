export { jwtPasses, type JwtPasses, type JwtPassesOptions } from './jwt-passes.js';
export { encryptedSigningKeys } from './encrypted-signing-keys.js';
export { ringOfSealKeys, type SealKeysOptions } from './seal-keys.js';
