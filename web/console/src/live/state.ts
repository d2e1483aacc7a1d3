import { signal } from '@preact/signals';
import { type Board, type BoardPoint } from '../../../../src/application/operating/board/board.js';

export interface You {
  readonly name?: string;
  readonly role: 'operator' | 'viewer';
}

export type Connection = 'connecting' | 'live' | 'away' | 'signed-out' | 'refused' | 'forbidden';

/** How the sale stands; null before the first snapshot. */
export const board = signal<Board | null>(null);
/** The rates of the last two minutes. */
export const points = signal<ReadonlyArray<BoardPoint>>([]);
export const you = signal<You | null>(null);
export const connection = signal<Connection>('connecting');

/** Whether buttons that change something are shown at all; the server decides for itself. */
export const mayChange = (): boolean => you.value?.role === 'operator';
