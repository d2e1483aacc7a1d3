export const kinds = ['coupons', 'events', 'schedules', 'products'] as const;
export type Kind = (typeof kinds)[number];

export const isKind = (name: string | undefined): name is Kind => kinds.some((kind) => kind === name);
