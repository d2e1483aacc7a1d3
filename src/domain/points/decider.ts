import { type Decider } from '../decider.js';
import { chargePoints, type ChargePoints } from './charge-points.js';
import { deductPoints, type DeductPoints } from './deduct-points.js';
import { type PointsEvent } from './events.js';
import { evolve, type Points, noPoints } from './points.js';
import { reservePoints, type ReservePoints } from './reserve-points.js';
import { returnPoints, type ReturnPoints } from './return-points.js';

export type PointsCommand = ChargePoints | ReservePoints | DeductPoints | ReturnPoints;

export const pointsDecider = {
  initial: noPoints,
  evolve,
  decide: (command: PointsCommand, state: Points) => {
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
} satisfies Decider<Points, PointsCommand, PointsEvent, string>;
