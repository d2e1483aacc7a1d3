import { type WriteBatch } from '../../application/kernel/writer/aggregate-writer.js';
import { inSpan } from '../../application/kernel/tracing/in-span.js';

/** A batch belongs to no single request: it is linked to those it decides. One that decides a single request is a part of its trace. */
export const tracedDecisions =
  (decide: WriteBatch): WriteBatch =>
  (batch) => {
    const contexts = batch.messages.map(({ headers }) => headers['traceparent']);
    const [parent] = contexts;
    return inSpan(
      'decide',
      {
        kind: 'consumer',
        ...(contexts.length === 1 && parent !== undefined && { parent }),
        links: contexts,
        attributes: {
          'messaging.destination.name': batch.topic,
          'messaging.destination.partition.id': String(batch.partition),
          'messaging.batch.message_count': batch.messages.length,
        },
      },
      () => decide(batch),
    );
  };
