import { either as E, option as O } from 'fp-ts';
import { keepGate } from '../../application/coupon/keep-gate.js';
import { restorePending } from '../../application/coupon/restore-pending.js';
import { type Start, every } from './every.js';
import { startProcess } from './run.js';

const LOOK_MS = 1000;
/**
 * Keeps the gate of this process current, and gives it back what it forgot: first of all after a start, when it has
 * forgotten everything. Several processes may keep one gate; each step is idempotent.
 */
export const startGateKeeper: Start = async (bound) => {
  const { gate, gateMemory: memory, messageLog: log, logger, clock } = bound;

  const restore = async (): Promise<boolean> => {
    const restored = await restorePending({ gate, log })();
    if (E.isLeft(restored)) return false;
    if (restored.right > 0) logger.info({ requests: restored.right }, 'pending requests were put back into the gate');
    return true;
  };
  const repair = async (): Promise<void> => {
    const loss = await memory.loss()();
    if (E.isRight(loss) && O.isSome(loss.right) && (await restore())) await memory.repaired(loss.right.value)();
  };

  const following = await startProcess(bound, keepGate(gate));
  await restore();
  await repair();
  const repairing = every(clock, LOOK_MS, repair, (error) =>
    logger.warn({ err: error }, 'the gate could not be repaired; it is tried again'),
  );
  return { stop: async () => void (await Promise.all([following.stop(), repairing.stop()])) };
};
