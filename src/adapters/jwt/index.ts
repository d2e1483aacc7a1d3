export { jwtPasses, type JwtPasses, type JwtPassesOptions } from './jwt-passes.js';
