import { z } from 'zod';
import { chargePoints, type ChargePoints } from '../../../domain/points/charge-points.js';
import { type PointsCommand, pointsDecider } from '../../../domain/points/decider.js';
import { type PointsEvent } from '../../../domain/points/events.js';
import { aggregateOf } from '../../kernel/writer/aggregate.js';
import { commandHandler, type CommandHandlerPorts } from '../../kernel/writer/command-handler.js';
import { eventSchemas } from '../../kernel/events/event-schemas.js';

export const POINTS_STREAMS = 'points-';
export const pointsStream = (userId: string): string => `${POINTS_STREAMS}${userId}`;

/** In every event of points an order takes or gives back. */
const fact = { userId: z.string(), orderId: z.string(), amount: z.number(), at: z.number() };

export const isPointsEvent = eventSchemas<PointsEvent>()({
  PointsCharged: z.object({ userId: z.string(), chargeId: z.string(), amount: z.number(), at: z.number() }),
  PointsReserved: z.object({ expiresAt: z.number(), takenBy: z.string().exactOptional(), ...fact }),
  PointsReservationShared: z.object({ expiresAt: z.number(), ...fact }),
  PointsReleased: z.object(fact),
  PointsDeducted: z.object(fact),
  PointsRefunded: z.object(fact),
  PointsUseEnded: z.object({ userId: z.string(), orderId: z.string(), takenBy: z.string(), at: z.number() }),
});

export const pointsAggregate = aggregateOf(pointsDecider, isPointsEvent);

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
