import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Ledger, memoryLedger } from './ledger.js';

const entry = z.object({
  paymentId: z.string(),
  gatewayPaymentId: z.string(),
  amount: z.number(),
  state: z.enum(['CHARGED', 'DECLINED', 'REFUNDED']),
});

const parsed = (line: string): z.infer<typeof entry> | null => {
  try {
    return entry.parse(JSON.parse(line));
  } catch {
    // The last line of a process that was killed in the middle of it.
    return null;
  }
};

/** The books as lines of JSON in a file: the last line of a payment counts. */
export const fileLedger = (file: string): Ledger => {
  const books = memoryLedger();
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  for (const line of lines) {
    const found = parsed(line);
    if (found !== null) books.record(found);
  }
  return {
    ...books,
    record: (one) => {
      appendFileSync(file, `${JSON.stringify(one)}\n`);
      books.record(one);
    },
  };
};
