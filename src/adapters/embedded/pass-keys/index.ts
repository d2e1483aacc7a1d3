export { openPassKeys } from './open-pass-keys.js';
