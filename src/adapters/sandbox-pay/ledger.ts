import { z } from 'zod';

/** What the sandbox has done with one payment. */
export const ledgerEntry = z.object({
  paymentId: z.string(),
  gatewayPaymentId: z.string(),
  amount: z.number(),
  state: z.enum(['CHARGED', 'DECLINED', 'REFUNDED']),
});
export type LedgerEntry = Readonly<z.infer<typeof ledgerEntry>>;

/** Where the sandbox keeps its books: they outlive a crash of the shop, as a real gateway's would. */
export interface Ledger {
  readonly find: (paymentId: string) => LedgerEntry | undefined;
  /** What was charged first with a number of the gateway's. */
  readonly findByNumber: (gatewayPaymentId: string) => LedgerEntry | undefined;
  readonly record: (entry: LedgerEntry) => void;
  readonly all: () => ReadonlyArray<LedgerEntry>;
}

export const memoryLedger = (): Ledger => {
  const entries = new Map<string, LedgerEntry>();
  const charges = new Map<string, string>();
  return {
    find: (paymentId) => entries.get(paymentId),
    findByNumber: (gatewayPaymentId) => entries.get(charges.get(gatewayPaymentId) ?? ''),
    record: (entry) => {
      entries.set(entry.paymentId, entry);
      if (!charges.has(entry.gatewayPaymentId)) charges.set(entry.gatewayPaymentId, entry.paymentId);
    },
    all: () => [...entries.values()],
  };
};
