import { orderSagaCheckpoint } from '../../application/checkout/drive/follow-orders.js';
import { relayCheckpoint } from '../../application/notices/relay/relay.js';
import { dataPlatformCheckpoint } from '../../application/notices/relay/tell-data-platform.js';
import { type Build } from '../../application/ports/read-models.js';
import { couponsInStepCheckpoint } from '../../application/coupon/keep-coupons-in-step.js';

/** Of every process that acts on events: lost, it would act on all of them again. */
export const processCheckpoints: ReadonlyArray<Build> = [
  relayCheckpoint,
  dataPlatformCheckpoint,
  orderSagaCheckpoint,
  couponsInStepCheckpoint,
];
