export { openReadModels } from './open-read-models.js';
export { storedCheckpoint } from './tables.js';
