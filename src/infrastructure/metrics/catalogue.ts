interface Described {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: ReadonlyArray<string>;
}

const counter = (help: string, ...labels: ReadonlyArray<string>): Described => ({ kind: 'counter', help, labels });
const gauge = (help: string, ...labels: ReadonlyArray<string>): Described => ({ kind: 'gauge', help, labels });
/** Of seconds. */
const histogram = (help: string, ...labels: ReadonlyArray<string>): Described => ({ kind: 'histogram', help, labels });

/** Every metric there is. A name that is not here cannot be counted: dashboards are built on this list. */
export const catalogue: Readonly<Record<string, Described>> = {
  kafka_consumer_lag: gauge('Messages a group has not processed.', 'topic', 'group', 'partition'),
  kafka_consumer_lag_seconds: gauge(
    'Age of the oldest message a group has not processed.',
    'topic',
    'group',
    'partition',
  ),
  kafka_producer_record_send_total: counter('Messages published, by result.', 'topic', 'result'),
  coupon_requests_total: counter('Requests for a coupon, by the answer given at once.', 'answer'),
  coupon_issue_count: counter('Requests for coupons decided, by result.', 'result'),
  order_completed_count: counter('Orders completed.'),
  orders_created_total: counter('Orders placed, by the answer.', 'answer'),
  payments_total: counter('Approvals asked for, by the answer.', 'answer'),
  sagas_parked_total: counter('Orders parked because a step finally failed.', 'step'),
  challenge_provider_breaker: gauge('0 closed, 0.5 half-open, 1 open: solutions of challenges are not checked.'),
  payment_gateway_breaker: gauge('0 closed, 0.5 half-open, 1 open: calls to the payment gateway are refused.'),
  data_platform_breaker: gauge('0 closed, 1 open: calls to the data platform wait.'),
  data_platform_sent_total: counter('Order status changes told to the data platform.', 'result'),
  webhook_deliveries_total: counter('Messages sent to endpoints of webhooks, by result.', 'result'),
  webhook_latency_seconds: histogram('From the recording of an event to the first attempt to deliver it.'),
  webhook_lag_seconds: gauge('Age of the oldest event an endpoint is to be told and has not come to.', 'endpoint'),
  webhook_away_seconds: gauge('How long an endpoint has taken no message; 0 while it does.', 'endpoint'),
  sse_connection_count: gauge('Open connections of server-sent events.'),
  sse_disconnects_total: counter('Connections of server-sent events that ended, by who ended them.', 'why'),
  coupon_accept_seconds: histogram('From the arrival of a request to its 202.'),
  coupon_decide_seconds: histogram('From the logging of a request to its durable decision.'),
  coupon_visible_seconds: histogram('From the recording of a decision to its being visible.'),
  http_requests_total: counter('Requests answered.', 'method', 'route', 'status'),
  http_request_seconds: histogram('From the arrival of a request to its answer.', 'method', 'route'),
  http_rate_limited_total: counter('Requests refused because too many came, by what was counted.', 'by'),
  http_wrong_credentials_total: counter('Requests with credentials that were refused.'),
  projection_lag: gauge('Events a view has not folded.', 'view'),
  projection_lag_seconds: gauge('Age of the oldest event a view has not folded.', 'view'),
  projection_checkpoint: gauge('Position up to which a view is folded.', 'view'),
  projection_failures_total: counter('Batches of events that could not be folded or written.', 'view'),
  projection_stuck: gauge('1 while the fold of a view throws.', 'view'),
  process_standing_still: gauge('1 while a process does not advance though there is something to do.', 'process'),
  process_put_off: gauge('Pieces of work of a process that cannot be done now, and wait to be tried again.', 'process'),
  receipts_missing_total: counter('Answers without a receipt, because nobody could sign.'),
  history_unsealed_seconds: gauge('Age of the oldest event that is not sealed.'),
  parked_streams: gauge('Streams that a consumer skips, because it cannot read them.', 'consumer'),
  relay_latency_seconds: histogram('From the recording of an event to its message on the log.', 'topic'),
  projection_events_total: counter('Events folded.', 'view'),
  deadline_lateness_seconds: histogram('From when a deadline was due to its being carried out.', 'kind'),
  event_opening_lateness_seconds: histogram('From when an event was to open to its opening.'),
  redis_breaker: gauge('0 closed, 1 open: Redis is not asked, because it did not answer.'),
  gate_available: gauge('1 while the gate answers, 0 while requests go on without it.'),
  dead_letters_total: counter('Messages set aside.', 'topic'),
  dead_letters_waiting: gauge('Dead letters neither replayed nor discarded, counted up to 1,000.'),
  waiting_room_waiting: gauge('People who wait, by schedule; beyond a hundred schedules under "others".', 'schedule'),
  waiting_room_active: gauge('People who are in, by schedule; beyond a hundred schedules under "others".', 'schedule'),
  orders_parked: gauge('Orders set aside that nobody has decided about, counted up to 1,000.'),
  data_dir_free_bytes: gauge('Room left on the disk of the data directory; 0 without embedded engines.'),
  data_dir_size_bytes: gauge('Size of that disk; 0 without embedded engines.'),
  alerts_total: counter('Alerts raised, by outcome.', 'outcome'),
  log_lines_dropped_total: counter('Lines of the log that could not be written.'),
};
