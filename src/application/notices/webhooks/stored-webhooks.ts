import { either as E, type taskEither as TE } from 'fp-ts';
import { BEGINNING } from '../../ports/event-store.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { isWebhookEvent, WEBHOOK_STREAMS } from './webhook-events.js';
import { evolveWebhook, type Webhook } from './webhook.js';

/** The endpoints there are by the events alone, where no view can be asked. */
export const storedWebhooks =
  (feed: Pick<EventFeed, 'read'>): TE.TaskEither<'EventStoreUnavailable', ReadonlyArray<Webhook>> =>
  async () => {
    const known = new Map<string, Webhook | null>();
    for (let after = BEGINNING; ;) {
      const read = await feed.read(after, { streamPrefixes: [WEBHOOK_STREAMS] })();
      if (E.isLeft(read)) return read;
      for (const { event } of read.right.events)
        if (isWebhookEvent(event))
          known.set(event.endpointId, evolveWebhook(known.get(event.endpointId) ?? null, event));
      if (read.right.caughtUp) return E.right([...known.values()].filter((webhook) => webhook !== null));
      after = read.right.position;
    }
  };
