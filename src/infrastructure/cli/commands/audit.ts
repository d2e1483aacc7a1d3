import { type Command } from 'commander';
import { z } from 'zod';
import { jsonOf } from '../../../application/kernel/json-of.js';
import { listing } from '../paging.js';

const act = z.looseObject({
  at: z.string(),
  subject: z.string(),
  role: z.string(),
  route: z.string(),
  target: z.string(),
  status: z.number().nullable(),
  asked: z.string().nullable(),
  requestId: z.string(),
});

const withReason = z.object({ reason: z.string() });

/** The reason among what was asked; nothing where none was given, or where it was too long to be kept. */
const reasonIn = (asked: string | null): string => withReason.safeParse(jsonOf(asked ?? '')).data?.reason ?? '';

/** `audit`: who of the shop changed what. */
export const auditCommand = (program: Command): void => {
  const audit = program
    .command('audit')
    .description(
      'changes and exports made by operators, viewers and services, and why, newest first; --json adds the request, and the state before and after',
    )
    .option('--subject <name>', 'only changes made by this operator, viewer or service')
    .option('--route <route>', 'only changes made through this route, like "PATCH /api/coupons/:couponId"')
    .option('--from <time>', 'only changes from this time on, ISO-8601 with a zone');
  listing(audit, {
    path: () => '/admin/audit',
    filters: ['subject', 'route', 'from'],
    item: act,
    head: ['at', 'who', 'as', 'what', 'on', 'answer', 'request', 'why'],
    row: ({ at, subject, role, route, target, status, requestId, asked }) => [
      at,
      subject,
      role,
      route,
      target,
      status ?? 'not known',
      requestId,
      reasonIn(asked),
    ],
    none: () => 'No changes',
  });
};
