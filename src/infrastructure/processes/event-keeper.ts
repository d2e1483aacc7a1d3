import { either as E } from 'fp-ts';
import { type Container } from 'inversify';
import {
  inStepCheckpoint,
  inStepStreams,
  keepCouponsInStep,
} from '../../application/shop-event/keep-coupons-in-step.js';
import { callOffOrders } from '../../application/checkout/order/call-off-orders.js';
import { handleOrder } from '../../application/checkout/order/order-aggregate.js';
import { openDueEvents } from '../../application/shop-event/open-due-events.js';
import { keptCheckpoint } from '../../application/kernel/process/kept-checkpoint.js';
import { type BeginTask } from '../../application/kernel/process/while-leading.js';
import { feedOf } from '../container/bind-parking.js';
import { Tokens } from '../container/tokens.js';
import { every } from './every.js';
import { lead } from './lead.js';
import { type RunningProcess } from './process.js';

const SWEEP_EVERY_MS = 60_000;

/**
 * Tells coupons what their events come to, and each minute opens what should be open and is not: a net under the
 * deadlines, which open events on time. One process at a time, the others standing by.
 */
export const startEventKeeper = async (container: Container): Promise<RunningProcess> => {
  const [clock, log, readModels] = [
    container.get(Tokens.Clock),
    container.get(Tokens.Log),
    container.get(Tokens.ReadModels),
  ];
  const sweep = openDueEvents({ readModels, clock, openEvent: container.get(Tokens.OpenEvent) });
  const checkpoint = keptCheckpoint(readModels, inStepCheckpoint);
  const load = {
    eventStore: container.get(Tokens.EventStore),
    snapshots: container.get(Tokens.Snapshots),
    logger: log,
  };
  const handle = handleOrder({ ...load, ids: container.get(Tokens.Ids) });
  const ports = {
    ...load,
    checkpoint,
    feed: feedOf(container, 'event-keeper'),
    callOffOrders: callOffOrders({ readModels, clock, handleOrder: handle }),
    log: container.get(Tokens.MessageLog),
    readModels,
    clock,
  };
  const begin: BeginTask = async (stepDown) => {
    const inStep = await keepCouponsInStep(ports, stepDown);
    const open = async (): Promise<void> => {
      const opened = await sweep();
      if (E.isLeft(opened)) log.warn({ error: opened.left }, 'events could not be looked through; tried again');
      else if (opened.right > 0) log.warn({ events: opened.right }, 'events were opened whose deadline was lost');
    };
    const opening = every(clock, SWEEP_EVERY_MS, open, (error) =>
      log.warn({ err: error }, 'events could not be opened'),
    );
    return { ...inStep, stop: async () => void (await Promise.all([inStep.stop(), opening.stop()])) };
  };
  return lead(container, { name: 'event-keeper', begin, follows: { streamPrefixes: inStepStreams, checkpoint } });
};
