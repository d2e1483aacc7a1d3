export { openSnapshots } from './open-snapshots.js';
