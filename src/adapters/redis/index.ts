export { connectRedis, type RedisConnection, type RedisHealth } from './connection.js';
export { redisAdmissionGate, type RedisAdmissionGate } from './gate/admission-gate.js';
export { redisStockGate } from './stock-gate/stock-gate.js';
export { redisReadModels } from './read-models/read-models.js';
export { redisSnapshots } from './snapshots/snapshots.js';
export { redisIdempotencyKeys } from './idempotency/idempotency-keys.js';
export { redisLeases, type RedisLeases } from './leases/leases.js';
export { type RedisLease } from './leases/held-lease.js';
export { notices, type Notices } from './notices.js';
