import { type Client } from '../../../packages/client/src/index.js';
import { type Answers, named } from './answers.js';

/** What an order says that it is; UNKNOWN where it cannot be read, which is counted among the answers. */
export type SeeOrder = (orderId: string) => Promise<string>;

export const seeOrder =
  ({ orders }: Client, answers: Pick<Answers, 'measured'>): SeeOrder =>
  async (orderId) => {
    const answer = await answers.measured(
      () => orders.get(orderId),
      (answer) => (answer.ok ? `order read ${answer.status}` : named('order read')(answer)),
    );
    return answer.ok ? answer.value.status : 'UNKNOWN';
  };
