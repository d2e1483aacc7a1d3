/** What the sandbox has done with one payment. */
export interface LedgerEntry {
  readonly paymentId: string;
  readonly gatewayPaymentId: string;
  readonly amount: number;
  readonly state: 'CHARGED' | 'DECLINED' | 'REFUNDED';
}

/** Where the sandbox keeps its books: they outlive a crash of the shop, as a real gateway's would. */
export interface Ledger {
  readonly find: (paymentId: string) => LedgerEntry | undefined;
  readonly record: (entry: LedgerEntry) => void;
  readonly all: () => ReadonlyArray<LedgerEntry>;
}

export const memoryLedger = (): Ledger => {
  const entries = new Map<string, LedgerEntry>();
  return {
    find: (paymentId) => entries.get(paymentId),
    record: (entry) => void entries.set(entry.paymentId, entry),
    all: () => [...entries.values()],
  };
};
