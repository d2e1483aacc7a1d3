import { type Identified } from '../../application/ports/identity.js';

/** The roles a machine or a person of the shop can have; a user of it has none. */
export const ROLES = ['operator', 'service', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** `realm_access.roles` is the field `roles` of the field `realm_access`, unless a field has the whole name. */
const claimAt = (claims: Readonly<Record<string, unknown>>, path: string): unknown =>
  Object.hasOwn(claims, path)
    ? claims[path]
    : path.split('.').reduce<unknown>((within, name) => (isObject(within) ? within[name] : undefined), claims);

/** The role a claim gives: of several the first in the order of ROLES; null for a user. */
export const roleOf = (claims: Readonly<Record<string, unknown>>, path: string): Role | null => {
  const claim = claimAt(claims, path);
  const given: ReadonlyArray<unknown> = Array.isArray(claim) ? claim : [claim];
  return ROLES.find((role) => given.includes(role)) ?? null;
};

export const named = (name: string, role: Role | null): Identified =>
  role === null ? { kind: 'user', userId: name } : { kind: role, name };
