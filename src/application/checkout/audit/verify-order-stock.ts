import { either as E, type taskEither as TE } from 'fp-ts';
import { type Audit, auditing, type AuditPorts, type Verdict } from '../../kernel/audit/audit.js';
import { unlessAway } from '../../kernel/audit/away.js';
import { replayStream } from '../../kernel/audit/replay.js';
import { isStockEvent, stockStream } from '../aggregates/stock-aggregate.js';
import { auditHolds } from './audit-holds.js';
import { emptyShelf, evolveShelf, type StockFact, type StockHistory } from './stock-history.js';
import { stockRules } from './stock-rules.js';

export interface StockVerified extends Verdict {
  readonly productId: string;
  readonly received: number;
  readonly deducted: number;
  readonly restored: number;
  readonly onHand: number;
  readonly held: number;
}

export type VerifyOrderStock = (
  productId: string,
  onProgress?: (done: number) => void,
) => TE.TaskEither<{ readonly code: 'PRODUCT_NOT_FOUND' | 'UNAVAILABLE' }, StockVerified>;

export type VerifyOrderStockPorts = Pick<AuditPorts, 'eventStore' | 'clock'>;

/** Everything that is known of a product held against its rules. For `unlessAway`. */
export const auditStock =
  ({ eventStore, clock }: VerifyOrderStockPorts) =>
  async (productId: string, onProgress?: (done: number) => void): Promise<Audit<StockHistory, StockFact>> => {
    const audit = auditing(stockRules, emptyShelf, evolveShelf);
    const begun = clock.now();
    await replayStream(eventStore, onProgress)(stockStream(productId), isStockEvent, ({ event, revision }) =>
      audit.see({ of: 'events', event, revision }),
    );
    const { stock } = audit.known();
    if (stock.status === 'Known') audit.see({ of: 'holds', holds: await auditHolds(eventStore)(stock, begun) });
    return audit;
  };

/**
 * Replays what happened to a product: on hand = received − deducted + restored, never more held than there is, no hold
 * without a live order, nothing deducted for an order that is not paid, nobody with more than they may have. May be asked in
 * the middle of a sale; an order that is being placed or is just ending counts as live for a minute.
 */
export const verifyOrderStock =
  (ports: VerifyOrderStockPorts): VerifyOrderStock =>
  (productId, onProgress) =>
    unlessAway(async () => {
      const audit = await auditStock(ports)(productId, onProgress);
      const { stock, received, deducted, restored } = audit.known();
      if (stock.status === 'Unknown') return E.left({ code: 'PRODUCT_NOT_FOUND' });
      const { onHand, held } = stock;
      return E.right({ ...audit.verdict(), productId, received, deducted, restored, onHand, held });
    });
