export { jwtPasses, type JwtPasses, type JwtPassesOptions } from './jwt-passes.js';
export { sealedPassKeys } from './sealed-pass-keys.js';
