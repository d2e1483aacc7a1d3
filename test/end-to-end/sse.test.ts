import { embeddedShop } from '../support/shop.js';
import { tempDirs } from '../support/temp-dir.js';
import { noticesSuite } from './sse.suite.js';

const newDir = tempDirs();

noticesSuite('embedded engines', () => embeddedShop(newDir()));
