import { type AdminUseCases, type ConsoleUseCases } from './admin-use-cases.js';
import { type EventUseCases, type NoticeUseCases } from './event-use-cases.js';
import { type HistoryUseCases } from './history-use-cases.js';
import { type OrderUseCases } from './order-use-cases.js';
import { type CouponUseCases } from './use-cases.js';
import { type WaitingUseCases } from './waiting-use-cases.js';

/** Everything HTTP drives, context by context. */
export interface AllUseCases
  extends
    CouponUseCases,
    EventUseCases,
    NoticeUseCases,
    WaitingUseCases,
    OrderUseCases,
    HistoryUseCases,
    ConsoleUseCases,
    AdminUseCases {}
