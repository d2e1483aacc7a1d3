/** What somebody was promised. Ids are those of the API; `at` is epoch milliseconds. */
export type Promised =
  | {
      readonly accepted: 'COUPON_REQUEST';
      readonly couponId: string;
      readonly userId: string;
      readonly requestId: string;
      readonly at: number;
      /** Where the request stands in the log: the order of acceptance. */
      readonly topic: string;
      readonly partition: number;
      readonly offset: number;
    }
  | {
      readonly accepted: 'ORDER';
      readonly orderId: string;
      readonly userId: string;
      readonly total: number;
      readonly at: number;
    };
/**
 * A signed statement of what was promised, to be given to whom it was promised. Null while nobody can sign: what was accepted
 * is accepted all the same.
 */
export type IssueReceipt = (promised: Promised) => Promise<string | null>;
