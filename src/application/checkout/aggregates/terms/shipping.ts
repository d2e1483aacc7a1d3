import { z } from 'zod';

const sealed = z.templateLiteral(['sealed.', z.string()]);

/** Sealed, or plain where it was recorded before. */
export const shipping = z.union([sealed, z.record(z.string(), z.unknown())]);
