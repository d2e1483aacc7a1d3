import { type Decider } from '../decider.js';
import { admitWaiting, type AdmitWaiting } from './admit.js';
import { claimPlace, type ClaimPlace, type ClaimRejection } from './claim.js';
import { completeVisit, type CompleteVisit } from './complete.js';
import { configureSchedule, type ConfigureSchedule } from './configure-schedule.js';
import { type WaitingRoomEvent } from './events.js';
import { expireToken, type ExpireToken } from './expire.js';
import { joinRoom, type JoinRejection, type JoinRoom } from './join.js';
import { leaveRoom, type LeaveRoom } from './leave.js';
import { evolve, unknownRoom, type WaitingRoom } from './waiting-room.js';

export type WaitingRoomCommand =
  ConfigureSchedule | JoinRoom | ClaimPlace | LeaveRoom | CompleteVisit | ExpireToken | AdmitWaiting;

export type WaitingRoomRejection = JoinRejection | ClaimRejection;

export const waitingRoomDecider: Decider<WaitingRoom, WaitingRoomCommand, WaitingRoomEvent, WaitingRoomRejection> = {
  initial: unknownRoom,
  evolve,
  decide: (command, room) => {
    switch (command.type) {
      case 'ConfigureSchedule':
        return configureSchedule(command, room);
      case 'JoinRoom':
        return joinRoom(command, room);
      case 'ClaimPlace':
        return claimPlace(command, room);
      case 'LeaveRoom':
        return leaveRoom(command, room);
      case 'CompleteVisit':
        return completeVisit(command, room);
      case 'ExpireToken':
        return expireToken(command, room);
      case 'AdmitWaiting':
        return admitWaiting(command, room);
    }
  },
};
