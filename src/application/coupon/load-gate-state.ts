import { function as F, option as O, taskEither as TE } from 'fp-ts';
import { type LoadAggregatePorts, readAggregate } from '../kernel/writer/load-aggregate.js';
import { type LoadGateState } from '../ports/admission-gate.js';
import { couponAggregate, couponStream } from './coupon-aggregate.js';

/** What a gate needs to know of a coupon, from its snapshot and events. */
export const loadGateState =
  (ports: LoadAggregatePorts): LoadGateState =>
  (couponId) =>
    F.pipe(
      readAggregate(ports)(couponAggregate, couponStream(couponId)),
      TE.map(({ state, revision }) => (state.status === 'Unknown' ? O.none : O.some({ ...state, revision }))),
    );
