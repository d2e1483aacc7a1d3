export { type EmbeddedReadModels, openReadModels } from './open-read-models.js';
export { storedCheckpoint } from './stored-checkpoint.js';
