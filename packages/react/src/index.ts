export { type CallState, useCall } from './use-call.js';
export { useCouponRequest } from './use-coupon-request.js';
export { type NoticesOptions, useNotices } from './use-notices.js';
export { useWaitingRoom, type WaitingRoom } from './use-waiting-room.js';
