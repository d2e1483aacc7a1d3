import { v7 } from 'uuid';
import { type Ids } from '../../application/ports/ports.js';

export const uuidIds: Ids = { next: () => v7() };
