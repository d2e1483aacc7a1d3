import { admissionGateContract } from '../../contracts/admission-gate.contract.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { declareWhole, gateProcess } from './gate-setting.js';
import { ownDatabase } from './own-database.js';

await describeWith('redis', ({ url }) => {
  admissionGateContract('in Redis', async ({ load, clock }) => {
    const opened = await gateProcess(ownDatabase(url, 1), load, clock);
    await declareWhole(opened);
    return { gate: opened.gate, close: opened.end };
  });
});
