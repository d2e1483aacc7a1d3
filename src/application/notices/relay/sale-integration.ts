import { z } from 'zod';
import { type SaleEvent } from '../../../domain/shop-event/events.js';
import { iso } from '../../kernel/iso.js';
import { EVENT_OPEN } from '../../kernel/messaging/topics.js';
import { integrationMessage, type IntegrationEvent } from './integration-event.js';

export const saleMessages = {
  opened: integrationMessage(EVENT_OPEN, 'EVENT_OPEN', {
    openedEventId: z.string().describe('What opened: `eventId`, as on every message, is the id of the message.'),
    name: z.string(),
    opensAt: z.iso.datetime(),
  }),
};

/** Openings only: everything else about an event is asked for, not announced. */
export const saleIntegration = (event: SaleEvent): IntegrationEvent | null =>
  event.type === 'EventOpened'
    ? saleMessages.opened.of(event.eventId, {
        openedEventId: event.eventId,
        name: event.name,
        opensAt: iso(event.opensAt),
      })
    : null;
