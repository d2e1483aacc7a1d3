import { type Decider } from '../decider.js';
import { chargePoints, type ChargePoints, type ChargePointsRejection } from './charge-points.js';
import { deductPoints, type DeductPoints, type DeductPointsRejection } from './deduct-points.js';
import { type PointsEvent } from './events.js';
import { evolve, type Points, noPoints } from './points.js';
import { reservePoints, type ReservePoints, type ReservePointsRejection } from './reserve-points.js';
import { returnPoints, type ReturnPoints } from './return-points.js';

export type PointsCommand = ChargePoints | ReservePoints | DeductPoints | ReturnPoints;

export type PointsRejection = ChargePointsRejection | ReservePointsRejection | DeductPointsRejection;

export const pointsDecider: Decider<Points, PointsCommand, PointsEvent, PointsRejection> = {
  initial: noPoints,
  evolve,
  decide: (command, state) => {
    switch (command.type) {
      case 'ChargePoints':
        return chargePoints(command, state);
      case 'ReservePoints':
        return reservePoints(command, state);
      case 'DeductPoints':
        return deductPoints(command, state);
      case 'ReturnPoints':
        return returnPoints(command, state);
    }
  },
};
