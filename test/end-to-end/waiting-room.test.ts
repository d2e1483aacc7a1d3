import { embeddedShop } from '../support/shop.js';
import { tempDirs } from '../support/temp-dir.js';
import { waitingRoomSuite } from './waiting-room.suite.js';

const newDir = tempDirs();

waitingRoomSuite('embedded engines', () =>
  embeddedShop(newDir(), { WAITING_CLAIM_MS: '1500', WAITING_IDLE_MS: '60000' }),
);
