import { answering } from '../harness/answering.js';
import { Connection } from './connection.js';
import { type Job, job } from './jobs.js';
import { pace } from './pace.js';
import { untilFinal } from './people.js';
import { press } from './press.js';
import { rush } from './rush.js';

const settle = async ({ url, requestIds }: Extract<Job, { kind: 'settle' }>): Promise<object> => {
  const connection = await Connection.open(url);
  for (const requestId of requestIds) await untilFinal(connection, requestId);
  connection.close();
  return {};
};

const run = (asked: Job): Promise<object> => {
  switch (asked.kind) {
    case 'press':
      return press(asked);
    case 'rush':
      return rush(asked);
    case 'pace':
      return pace(asked);
    case 'settle':
      return settle(asked);
  }
};

/** The load generator: a process of its own, for its work must not be taken for the server's. */
answering(job, run);
