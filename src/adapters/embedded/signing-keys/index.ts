export { openSigningKeys } from './open-signing-keys.js';
