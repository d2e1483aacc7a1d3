import { type ParkedStream } from '../../kernel/process/parking/operate-parking.js';
import { type Finding } from '../../kernel/audit/finding.js';

/** A stream that is passed over is a promise not kept for now; only an operator knows when it can be read again. */
export const reconcileParked = (parked: ReadonlyArray<ParkedStream>): ReadonlyArray<Finding> =>
  parked.map(({ consumer, streamId, revision, eventType, reason }) => ({
    kind: 'PARKED_STREAM',
    subject: streamId,
    detail: `${consumer} passes it over from revision ${revision} (${eventType}) on: ${reason}`,
    remedy: { action: 'NONE' },
  }));
