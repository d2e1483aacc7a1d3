import { embeddedStockGate } from '../../../../src/adapters/embedded/stock-gate/stock-gate.js';
import { stockGateContract } from '../../../contracts/stock-gate.contract.js';

stockGateContract('in memory', async ({ load, clock }) => ({ gate: embeddedStockGate({ load, clock }) }));
