/**
 * Views that earlier versions made and none makes any more. What they left is dropped when the projector starts: it takes
 * room, and it may hold what somebody has asked to be forgotten. No view is called by such a name again.
 */
export const retiredViews: ReadonlyArray<string> = [
  'issue-requests',
  'notices',
  'payments',
  'rejected-requests',
  'stock-audit',
  'stock-deliveries',
];
