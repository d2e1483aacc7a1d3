/** A fault that is planted in a copy of `src`, to see whether anybody notices. */
export interface Mutant {
  /** What is wrong, as an engineer would say it in a review. */
  readonly fault: string;
  /** Below `src`. Where it was moved, the one file of that name is taken. */
  readonly file: string;
  /** Must be there exactly once: a mutant that cannot be planted is a failure. */
  readonly find: string;
  readonly replace: string;
  /** The suites that must notice where the simulated world does not: paths below `test`. */
  readonly suites: ReadonlyArray<string>;
}

export const mutants: ReadonlyArray<Mutant> = [
  {
    fault: 'one coupon more than there are is given out',
    file: 'domain/coupon/issue-coupon.ts',
    find: 'coupon.holders.size >= coupon.quantity',
    replace: 'coupon.holders.size > coupon.quantity',
    suites: ['domain/coupon'],
  },
  {
    fault: 'one user gets a second coupon by another request',
    file: 'domain/coupon/issue-coupon.ts',
    find: "if (coupon.holders.has(userId)) return E.left('ALREADY_ISSUED');",
    replace: '',
    suites: ['domain/coupon'],
  },
  {
    fault: "one user's request id answers another user's request",
    file: 'domain/coupon/request-scope.ts',
    find: '`${asker.userId}/${requestId}`',
    replace: '`anybody/${requestId}`',
    suites: ['domain/coupon-rejections', 'application/coupon/decide-coupon-requests'],
  },
  {
    fault: 'a rejected request keeps its place at the gate',
    file: 'adapters/embedded/gate/embedded-gate.ts',
    find: "if (change.change === 'Rejected') pending.remove(change);",
    replace: '',
    suites: ['adapters/embedded/gate'],
  },
  {
    fault: 'more is held than is on the shelf',
    file: 'domain/stock/reserve-stock.ts',
    find: 'if (quantity > available(stock))',
    replace: 'if (quantity > available(stock) + 1)',
    suites: ['domain/stock'],
  },
  {
    fault: 'a hold that runs out is not given back',
    file: 'domain/stock/release-stock.ts',
    find: "if (reason === 'EXPIRED' && at < claim.expiresAt) return E.right([]);",
    replace: "if (reason === 'EXPIRED') return E.right([]);",
    suites: ['domain/stock'],
  },
  {
    fault: 'goods that a late payment has bought are put back by a request of the expired order',
    file: 'domain/stock/restore-stock.ts',
    find: 'latePaymentOf(claim?.takenBy) > latePayments',
    replace: 'latePayments < 0',
    suites: ['domain/stock', 'application/checkout/payment/late-payment'],
  },
  {
    fault: 'goods of a cancelled order are put back twice',
    file: 'domain/stock/restore-stock.ts',
    find: "if (claim?.status === 'Deducted')",
    replace: "if (claim?.status === 'Deducted' || claim?.status === 'Restored')",
    suites: ['domain/stock'],
  },
  {
    fault: 'a hold that somebody relies on is released before its time',
    file: 'domain/stock/release-stock.ts',
    find: "if (reason === 'EXPIRED' && at < claim.expiresAt) return E.right([]);",
    replace: '',
    suites: ['domain/stock'],
  },
  {
    fault: 'goods that somebody has begun to pay for are released when their time is over',
    file: 'domain/stock/expire-holds.ts',
    find: ' && claim.endsWithOrder !== true',
    replace: '',
    suites: ['domain/stock'],
  },
  {
    fault: 'to begin to pay for goods late in their time does not keep them',
    file: 'application/checkout/payment/hold-for-payment.ts',
    find: 'if (clock.now() + CLOCKS_DIFFER_MS < hold.value.expiresAt) return E.right(true);',
    replace: 'return E.right(true);',
    suites: ['application/checkout/payment'],
  },
  {
    fault: 'points that are set aside can be set aside once more',
    file: 'domain/points/reserve-points.ts',
    find: 'use.amount > points.balance - points.reserved',
    replace: 'use.amount > points.balance',
    suites: ['domain/points'],
  },
  {
    fault: 'points are given back twice',
    file: 'domain/points/return-points.ts',
    find: "if (use?.status === 'Deducted') return",
    replace: "if (use?.status === 'Deducted' || use?.status === 'Refunded') return",
    suites: ['domain/points'],
  },
  {
    fault: 'points of an order that is off are not given back',
    file: 'domain/points/return-points.ts',
    find: "if (use?.status === 'Reserved') return",
    replace: "if (use?.status === 'Reserved' && takenBy !== undefined) return",
    suites: ['domain/points'],
  },
  {
    fault: 'a coupon is used for two orders',
    file: 'domain/issued-coupon/redeem-coupon.ts',
    find: "if (coupon.usedBy !== null || (coupon.gaveBack.has(use.orderId) && !again)) return E.left('COUPON_USED');",
    replace: '',
    suites: ['domain/issued-coupon'],
  },
  {
    fault: 'a coupon comes back from an order that does not use it',
    file: 'domain/issued-coupon/restore-coupon.ts',
    find: 'coupon.usedBy === use.orderId && isTheirs',
    replace: 'isTheirs',
    suites: ['domain/issued-coupon'],
  },
  {
    fault: 'one payment of the gateway pays two orders',
    file: 'domain/gateway-payment/claim-gateway-payment.ts',
    find: "E.right([]) : E.left('GATEWAY_PAYMENT_USED')",
    replace: "E.right([]) : E.right([{ type: 'GatewayPaymentClaimed', ...claim }])",
    suites: ['application/checkout/payment'],
  },
  {
    fault: 'money of an order that is over is not given back',
    file: 'domain/payment/request-refund.ts',
    find: "if (payment.status !== 'PAID') return E.right([]);",
    replace: 'if (payment.status !== undefined) return E.right([]);',
    suites: ['domain/payment'],
  },
  {
    fault: 'a refund is recorded again each time it is told',
    file: 'domain/payment/record-refund.ts',
    find: "if (payment.status === 'REFUNDED') return E.right([]);",
    replace:
      "if (payment.status === 'REFUNDED') return E.right([{ type: 'PaymentRefunded', ...factOf(payment), at }]);",
    suites: ['domain/payment'],
  },
  {
    fault: 'a deadline expires an order that has been paid',
    file: 'domain/order/expire-order.ts',
    find: "if (order.status !== 'CREATED' && order.status !== 'PENDING_PAYMENT') return E.right([]);",
    replace: '',
    suites: ['domain/order'],
  },
  {
    fault: 'an order is cancelled after it was sent',
    file: 'domain/order/cancel-order.ts',
    find: "order.status === 'PAID' || order.status === 'CONFIRMED'",
    replace: "order.status !== 'DELIVERED'",
    suites: ['domain/order'],
  },
  {
    fault: 'an order that is too dear to be paid can be placed',
    file: 'domain/order/start-placing.ts',
    find: "if (price > MOST_MONEY) return E.left('TOTAL_TOO_LARGE');",
    replace: '',
    suites: ['domain/order'],
  },
  {
    fault: 'one more than allowed is let into a room',
    file: 'domain/waiting-room/promote.ts',
    find: 'room.active >= room.terms.activeLimit',
    replace: 'room.active > room.terms.activeLimit',
    suites: ['domain/waiting-room'],
  },
  {
    fault: 'a user who joins again gets a second place in line',
    file: 'domain/waiting-room/join.ts',
    find: 'if (room.tokenOfUser.has(userId)) return E.right([]);',
    replace: '',
    suites: ['domain/waiting-room'],
  },
  {
    fault: 'an active place never runs out',
    file: 'domain/waiting-room/expire.ts',
    find: 'if (!timeOver && at < token.idleAt) return E.right([]);',
    replace: "if (at < token.idleAt || token.status === 'Active') return E.right([]);",
    suites: ['domain/waiting-room'],
  },
  {
    fault: 'one clock that is ahead opens an event early',
    file: 'application/shop-event/agreed-now.ts',
    find: 'Math.min(second, clock.now())',
    replace: 'Math.max(second, clock.now())',
    suites: ['application/shop-event'],
  },
  {
    fault: 'an append of unknown outcome is taken for one that failed',
    file: 'application/kernel/writer/append-surely.ts',
    find: 'if (!isUnknown(first)) return first;',
    replace: "if (isUnknown(first)) return E.left('EventStoreUnavailable');\n  if (!isUnknown(first)) return first;",
    suites: ['application/kernel/writer/append-surely.test.ts'],
  },
  {
    fault: 'the ids of events are made up anew each time they are decided',
    file: 'application/kernel/writer/event-ids.ts',
    find: 'derivedId(`${streamId}/${requestKey}/${index}`)',
    replace: 'derivedId(`${streamId}/${requestKey}/${index}/${Math.random()}`)',
    suites: ['application/kernel/writer/event-ids'],
  },
  {
    fault: 'the expected revision is ignored where an append conflicts',
    file: 'application/kernel/writer/commit-batch.ts',
    find: 'if (E.isLeft(written)) return written;',
    replace:
      "if (E.isLeft(written) && written.left === 'RevisionConflict') return E.right(before);\n    if (E.isLeft(written)) return written;",
    suites: ['application/kernel/writer/aggregate-writer.test.ts'],
  },
  {
    fault: 'one deadline that cannot be carried out hides those behind it',
    file: 'application/kernel/process/deadlines/carry-out-due.ts',
    find: 'if (!back.isHeldBack(deadline, now) && !(await begin(deadline))) return held;',
    replace: 'if (back.isHeldBack(deadline, now) || !(await begin(deadline))) return held;',
    suites: ['application/kernel/process/deadlines'],
  },
  {
    fault: 'a wait is measured by the calendar, which may be set back',
    file: 'application/kernel/outcome/await-outcome.ts',
    find: '    const { clock } = ports;\n    const deadline',
    replace: '    const clock = { ...ports.clock, elapsed: ports.clock.now };\n    const deadline',
    suites: ['application/kernel/outcome'],
  },
  {
    fault: 'the gateway is asked to charge for an order that was over by the time its goods were held',
    file: 'application/checkout/payment/approve-payment.ts',
    find: 'const still = await orderOf(placed.orderId);',
    replace: 'const still = await orderOf(placed.orderId, { state: order, revision: 0 });',
    suites: ['application/checkout/payment'],
  },
  {
    fault: 'a command is refused because of what was known of its stream, which is out of date',
    file: 'application/kernel/writer/load-decide-append.ts',
    find: 'if (isKnown && (E.isLeft(decision) || decision.right.length === 0)) continue;',
    replace: '',
    suites: ['application/kernel/writer', 'application/checkout'],
  },
  {
    fault: 'a request to the stock is answered by the outcome of another one of the same order',
    file: 'application/checkout/stock/ask-stock.ts',
    find: 'request.orderId : NO_ORDER, ids.next())',
    replace: "request.orderId : NO_ORDER, 'any')",
    suites: ['application/checkout/stock'],
  },
  {
    fault: 'a view folds a batch that comes again',
    file: 'application/kernel/projection/run-projection.ts',
    find: ': batch.events.filter(({ position }) => position > checkpoint);',
    replace: ': batch.events;',
    suites: ['application/kernel/projection/run-projection.test.ts'],
  },
];
