export {
  type EmbeddedIdempotencyKeys,
  type EmbeddedIdempotencyOptions,
  openIdempotencyKeys,
} from './open-idempotency-keys.js';
