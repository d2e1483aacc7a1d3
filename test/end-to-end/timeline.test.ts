import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';
import { IMPATIENT, timelineSuite } from './timeline.suite.js';

const newDir = tempDirs();

timelineSuite('embedded engines', () => startInProcess(newDir(), { ...IMPATIENT, OPERATION_TIMEOUT_MS: '60000' }));
