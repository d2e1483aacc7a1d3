import { chargePoints, type ChargePoints } from '../../../domain/points/charge-points.js';
import { pointsDecider, type PointsCommand } from '../../../domain/points/decider.js';
import { type PointsEvent } from '../../../domain/points/events.js';
import { type Aggregate } from '../../kernel/writer/aggregate.js';
import { commandHandler, type CommandHandlerPorts } from '../../kernel/writer/command-handler.js';
import { shapedEvents } from '../../kernel/writer/shaped-events.js';
import { type Points } from '../../../domain/points/points.js';
import { reservePoints, type ReservePoints } from '../../../domain/points/reserve-points.js';

export const POINTS_STREAMS = 'points-';
export const pointsStream = (userId: string): string => `${POINTS_STREAMS}${userId}`;

export const isPointsEvent = shapedEvents<PointsEvent>({
  PointsCharged: { userId: 'string', chargeId: 'string', amount: 'number', at: 'number' },
  PointsReserved: {
    expiresAt: 'number',
    'takenBy?': 'string',
    userId: 'string',
    orderId: 'string',
    amount: 'number',
    at: 'number',
  },
  PointsReservationShared: { expiresAt: 'number', userId: 'string', orderId: 'string', amount: 'number', at: 'number' },
  PointsReleased: { userId: 'string', orderId: 'string', amount: 'number', at: 'number' },
  PointsDeducted: { userId: 'string', orderId: 'string', amount: 'number', at: 'number' },
  PointsRefunded: { userId: 'string', orderId: 'string', amount: 'number', at: 'number' },
});

export const pointsAggregate: Aggregate<Points, PointsEvent> = {
  initial: pointsDecider.initial,
  evolve: pointsDecider.evolve,
  isEvent: isPointsEvent,
  snapshots: null,
};

/** Carries out what is asked of a user's points. */
export const handlePoints = (ports: CommandHandlerPorts) =>
  commandHandler(ports)(pointsDecider, pointsAggregate, ({ userId }: PointsCommand) => pointsStream(userId));
export type HandlePoints = ReturnType<typeof handlePoints>;

/** Charging alone: its rejections are its own. */
export const handleChargePoints = (ports: CommandHandlerPorts) =>
  commandHandler(ports)({ ...pointsDecider, decide: chargePoints }, pointsAggregate, ({ userId }: ChargePoints) =>
    pointsStream(userId),
  );
export type HandleChargePoints = ReturnType<typeof handleChargePoints>;

/** Setting points aside alone: its rejections are its own. */
export const handleReservePoints = (ports: CommandHandlerPorts) =>
  commandHandler(ports)({ ...pointsDecider, decide: reservePoints }, pointsAggregate, ({ userId }: ReservePoints) =>
    pointsStream(userId),
  );
export type HandleReservePoints = ReturnType<typeof handleReservePoints>;
