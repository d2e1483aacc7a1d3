import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';
import { couponSaleSuite } from './coupon-sale.suite.js';

const newDir = tempDirs();

couponSaleSuite('embedded engines', async () => {
  const directory = newDir();
  let server: RunningServer = await startInProcess(directory);
  return {
    url: () => server.url,
    metricsAt: () => [server.url],
    restart: async () => {
      await server.stop();
      server = await startInProcess(directory);
    },
    stop: () => server.stop(),
  };
});
