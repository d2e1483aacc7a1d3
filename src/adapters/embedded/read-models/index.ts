export { type EmbeddedReadModels, openReadModels } from './open-read-models.js';
