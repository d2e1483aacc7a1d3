export { type OpenDataKeys, openDataKeys } from './open-data-keys.js';
