/**
 * Views of earlier versions that no longer exist. Their documents are dropped when the projector starts: they take up space,
 * and may hold data of users who asked to be forgotten. These names must not be used again.
 */
export const retiredViews: ReadonlyArray<string> = [
  'issue-requests',
  'notices',
  'payments',
  'rejected-requests',
  'stock-audit',
  'stock-deliveries',
];
