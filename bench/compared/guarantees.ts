/** What each that is compared with does not promise, and Doorbuster does: printed below the table. */
export const notGuaranteed: ReadonlyArray<readonly [name: string, what: string]> = [
  ['bare Koa', 'anything: it parses the body and answers. Nothing is kept, checked or decided.'],
  [
    'replaced design (Redis sorted set, 5 s scheduler, batches of 100)',
    'that an accepted request survives: Redis runs as it comes, without waiting for the disk, and a batch is popped before it is ' +
      'written. No order among requests of one millisecond but that of their ids, no history to prove who was first, and 20 results a second whatever the machine. ' +
      'Its database is stood in for by one Redis command per result, in its favour.',
  ],
  [
    'BullMQ (Redis, one worker, one job at a time)',
    'that an accepted request survives a crash of Redis (no fsync before the answer); exactly one effect per job (a stalled job runs twice); ' +
      'any history. Gate and queue are two steps: a crash between them leaks a place for ever. Its database is one Redis command, too.',
  ],
  [
    'Emmett (its in-memory event store)',
    'any durability: the events live in the process. No gate, no log in front: every request is a command that folds the whole stream, ' +
      'so one issue costs more with every holder. No projections or queries were switched on.',
  ],
];
