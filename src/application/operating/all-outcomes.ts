import { stockOutcomeRule } from '../checkout/stock/stock-outcomes.js';
import { couponOutcomeRule } from '../coupon/coupon-outcomes.js';
import { outcomesView } from '../kernel/outcome/outcomes.js';
import { waitingOutcomeRule } from '../waiting-room/waiting-outcomes.js';

/** What became of every request to a writer: the rule of a new context is added here. */
export const allOutcomesView = outcomesView([couponOutcomeRule, stockOutcomeRule, waitingOutcomeRule]);
