export const kinds = ['coupons', 'events', 'schedules', 'products'] as const;
export type Kind = (typeof kinds)[number];

export const isKind = (name: string | undefined): name is Kind => kinds.some((kind) => kind === name);

/** Where one is read alone: those on the board are the newest hundred of each kind. */
export const readAt: Readonly<Record<Kind, string>> = {
  coupons: '/api/coupons',
  events: '/api/events',
  schedules: '/api/v1/schedules',
  products: '/api/products',
};
