import { embeddedShop } from '../support/shop.js';
import { tempDirs } from '../support/temp-dir.js';
import { eventsSuite } from './events.suite.js';

const newDir = tempDirs();

eventsSuite('embedded engines', () => embeddedShop(newDir()));
