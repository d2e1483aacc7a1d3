import { type StockEvent } from '../../../domain/stock/events.js';
import { type AnsweringStreams, deciderOutcomeRule } from '../../kernel/outcome/decider-outcomes.js';
import { eventsOf } from '../../kernel/events/event-schemas.js';
import { stockStream } from '../aggregates/stock-aggregate.js';

export const stockAnswers: AnsweringStreams = { context: 'stock', streamOf: stockStream };

/** Nobody waits for a release, and a product is created without its writer. */
type Answer = Exclude<
  StockEvent,
  {
    readonly type: 'ProductCreated' | 'StockReleased' | 'HoldsExpired' | 'StockRestored';
  }
>;

const isAnswer = eventsOf<Answer>({
  StockReserved: true,
  HoldExtended: true,
  StockDeducted: true,
  StockReceived: true,
  ProductTermsChanged: true,
});

/** What became of reserving, extending, deducting, receiving and changing terms. */
export const stockOutcomeRule = deciderOutcomeRule(stockAnswers, isAnswer);
