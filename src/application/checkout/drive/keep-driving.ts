import { either as E } from 'fp-ts';
import { type Acted, putOff } from '../../kernel/process/put-off.js';
import { type LoadAggregatePorts, readAggregate, whenUnreadable } from '../../kernel/writer/load-aggregate.js';
import { type HandleSaga, sagaAggregate, sagaStream } from '../aggregates/order-parking.js';
import { type DriveOrder, type Driving } from './drive-order.js';
import { fails, type StepError } from './run.js';
import { type Ports } from '../../ports/ports.js';

export interface KeepDrivingPorts extends LoadAggregatePorts, Pick<Ports, 'alerts' | 'clock' | 'metrics'> {
  readonly drive: DriveOrder;
  readonly handleSaga: HandleSaga;
  /** Before the second and third try; grows from there while an engine is away. Milliseconds. Default 500. */
  readonly backOffMs?: number;
}

const TRIES = 3;

interface OrderToDrive extends Pick<Driving, 'orderId' | 'correlationId'> {
  /** It goes on also if it is parked: what to do with it has been decided. */
  readonly isDecided?: boolean;
}

/**
 * One try. Answers true once the order is in line, or parked; false when it was interrupted; otherwise it is put off, and others have
 * their turn. Never rejects. `known`: an order that was never parked, as its events show it; the first try reads nothing of that.
 */
export type KeepDriving = (order: OrderToDrive, signal: AbortSignal, known?: Driving['known']) => Promise<Acted>;

interface Trying {
  /** How often it was refused. */
  readonly failures: number;
  readonly backOff: number;
  readonly known?: Driving['known'];
}

/**
 * Three tries with back-off for what was decided against us, then this order is parked, alone. What only has to be waited
 * for is tried for as long as it takes: parking every order because an engine is away would help nobody.
 */
export const keepDriving = (ports: KeepDrivingPorts): KeepDriving => {
  const { drive, handleSaga, alerts, clock, metrics, logger, backOffMs = 500 } = ports;
  const load = readAggregate(ports);

  const attempt = async (driving: Omit<Driving, 'upTo'>): Promise<E.Either<StepError, unknown>> => {
    try {
      return await drive({ ...driving, upTo: 'END' })();
    } catch (error) {
      return fails('LOAD', error instanceof Error ? error.message : String(error));
    }
  };

  const park = async (orderId: string, { step, reason }: StepError, correlationId: string): Promise<boolean> => {
    const command = { type: 'Park', orderId, step, reason, attempts: TRIES, at: clock.now() } as const;
    const parked = await handleSaga(command, correlationId)();
    if (E.isLeft(parked)) return false;
    metrics.count('sagas_parked_total', { step });
    logger.error({ orderId, step, reason }, 'An order is parked: an operator has to decide');
    const text = `${step} of order ${orderId} failed ${TRIES} times: ${reason}`;
    await alerts.raise({ title: 'An order is parked', text, key: `saga-${step}` })();
    return true;
  };

  /** Also where that cannot be read: the feed has parked its stream, and gives it again when it is released. */
  const isParked = (orderId: string): Promise<E.Either<'EventStoreUnavailable', boolean>> =>
    load(sagaAggregate, sagaStream(orderId))()
      .then(E.map(({ state }) => state.status === 'Parked'))
      .catch(
        whenUnreadable(({ message: reason }) => {
          logger.error({ orderId, reason }, 'An order is passed over: what is decided about it cannot be read');
          return E.right(true);
        }),
      );

  return ({ orderId, correlationId, isDecided = false }, signal, first) => {
    const tryOnce = async ({ failures, backOff, known }: Trying): Promise<Acted> => {
      if (signal.aborted) return false;
      const againAfter = (failed: number) =>
        putOff(clock, signal, backOff, (next) => tryOnce({ failures: Math.min(failed, TRIES - 1), backOff: next }));
      const parked = known === undefined && !isDecided ? await isParked(orderId) : E.right(false);
      if (E.isLeft(parked)) return againAfter(failures);
      if (parked.right) return true;
      const driven = await attempt({ orderId, correlationId, ...(known !== undefined && { known }) });
      if (E.isRight(driven)) return true;
      const failed = driven.left.kind === 'Failed' ? failures + 1 : failures;
      if (failed === TRIES && (await park(orderId, driven.left, correlationId))) return true;
      return againAfter(failed);
    };
    return tryOnce({ failures: 0, backOff: backOffMs, known: first });
  };
};
