import { appendFileSync, closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { jsonOf } from '../../application/kernel/json-of.js';
import { type Ledger, ledgerEntry, memoryLedger } from './ledger.js';

/** What stands in the file from byte `from` on. */
const tailOf = (file: string, from: number): Buffer => {
  const size = existsSync(file) ? statSync(file).size : 0;
  if (size <= from) return Buffer.alloc(0);
  const tail = Buffer.alloc(size - from);
  const descriptor = openSync(file, 'r');
  try {
    return tail.subarray(0, readSync(descriptor, tail, 0, tail.length, from));
  } finally {
    closeSync(descriptor);
  }
};

/**
 * The books as lines of JSON in a file: the last line of a payment counts. Several processes may keep one file: each sees
 * what the others wrote.
 */
export const fileLedger = (file: string): Ledger => {
  const books = memoryLedger();
  let read = 0;
  const catchUp = (): void => {
    const tail = tailOf(file, read);
    const end = tail.lastIndexOf('\n') + 1;
    read += end;
    for (const line of tail.toString('utf8', 0, end).split('\n')) {
      // None: the last line of a process that was killed in the middle of it.
      const { data: found } = ledgerEntry.safeParse(jsonOf(line));
      if (found !== undefined) books.record(found);
    }
  };
  return {
    find: (paymentId) => {
      catchUp();
      return books.find(paymentId);
    },
    findByNumber: (gatewayPaymentId) => {
      catchUp();
      return books.findByNumber(gatewayPaymentId);
    },
    all: () => {
      catchUp();
      return books.all();
    },
    // A line of its own even after one that was broken off.
    record: (one) => appendFileSync(file, `${isBrokenOff(file) ? '\n' : ''}${JSON.stringify(one)}\n`, { mode: 0o600 }),
  };
};

const isBrokenOff = (file: string): boolean => {
  const size = existsSync(file) ? statSync(file).size : 0;
  return size > 0 && tailOf(file, size - 1).toString() !== '\n';
};
