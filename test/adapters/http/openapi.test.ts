import { z } from 'zod';
import { problemCodes } from '../../../src/adapters/http/problems.js';
import { allRoutes } from '../../support/contract/all-routes.js';
import { contract } from '../../support/contract/document.js';
import { schemaFault } from '../../support/contract/schema-checks.js';
import { closeServers, serve } from './with-server.js';

afterEach(closeServers);

const { text, parsed } = contract();
const operations = Object.entries(parsed.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

// A new route: write its name in with `jest -u`. A name that changes or goes breaks the clients that use it.
test('the names of operations are those generated clients were made with', () => {
  expect(operations.map(({ operation }) => operation.operationId).sort()).toMatchInlineSnapshot(`
    [
      "deleteAdminUsersByUserIdPersonalData",
      "deleteAdminWebhooksByEndpointId",
      "deleteWaitingTokenByTokenId",
      "getAdminAudit",
      "getAdminCouponsByCouponIdVerify",
      "getAdminDeadLetters",
      "getAdminDeadLettersById",
      "getAdminEventsByEventIdOrders",
      "getAdminExportsAudit",
      "getAdminExportsIssuedCoupons",
      "getAdminExportsOrders",
      "getAdminExportsStockByProductId",
      "getAdminHistoryVerify",
      "getAdminOrdersByOrderIdVerify",
      "getAdminParkedStreams",
      "getAdminPeopleById",
      "getAdminProductsByProductIdVerify",
      "getAdminProjections",
      "getAdminProjectionsByName",
      "getAdminProjectionsByNameVerify",
      "getAdminSagas",
      "getAdminSchedulesByScheduleIdVerify",
      "getAdminStream",
      "getAdminUsersByUserIdExport",
      "getAdminUsersByUserIdTimeline",
      "getAdminWebhooks",
      "getAdminWebhooksByEndpointId",
      "getAdminWebhooksByEndpointIdDeadLetters",
      "getAdminWebhooksByEndpointIdSecret",
      "getAsyncapiJson",
      "getConsole",
      "getConsoleAssetsByFile",
      "getCouponsByCouponId",
      "getCouponsByCouponIdIssueStatus",
      "getCouponsIssueStatusByRequestId",
      "getDemoByFile",
      "getDocs",
      "getDocsByFile",
      "getEventsByEventId",
      "getHealthLive",
      "getHealthReady",
      "getMetrics",
      "getOpenapiJson",
      "getOrdersByOrderId",
      "getPaymentsByPaymentId",
      "getProductsByProductId",
      "getProductsByProductIdStockAudit",
      "getRoot",
      "getSchedulesByScheduleId",
      "getSseSubscribeByUserId",
      "getUsersByUserIdCoupons",
      "getUsersByUserIdOrders",
      "getUsersByUserIdPoints",
      "getWaitingTokenByTokenId",
      "getWellKnownDoorbusterSeals",
      "getWellKnownJwksJson",
      "patchAdminWebhooksByEndpointId",
      "patchCouponsByCouponId",
      "patchEventsByEventId",
      "patchProductsByProductId",
      "postAdminDeadLettersByIdDiscard",
      "postAdminDeadLettersByIdReplay",
      "postAdminDeadLettersReplay",
      "postAdminOrdersByOrderIdCancel",
      "postAdminParkedStreamsRelease",
      "postAdminProjectionsByNameRebuild",
      "postAdminReconcile",
      "postAdminSagasByOrderIdCompensate",
      "postAdminSagasByOrderIdReplay",
      "postAdminWebhooks",
      "postAdminWebhooksByEndpointIdDeadLettersRetry",
      "postAdminWebhooksByEndpointIdReplay",
      "postAdminWebhooksByEndpointIdRotateSecret",
      "postAdminWebhooksByEndpointIdTest",
      "postCoupons",
      "postCouponsByCouponIdIssue",
      "postCouponsByCouponIdPause",
      "postCouponsByCouponIdQuantity",
      "postCouponsByCouponIdResume",
      "postEvents",
      "postEventsByEventIdCancel",
      "postEventsByEventIdClose",
      "postOrders",
      "postOrdersByOrderIdCancel",
      "postOrdersByOrderIdDeliver",
      "postOrdersByOrderIdShip",
      "postPayments",
      "postPaymentsByPaymentIdApprove",
      "postPaymentsPrepare",
      "postPaymentsWebhook",
      "postProducts",
      "postProductsByProductIdStock",
      "postSseTickets",
      "postUsersByUserIdPointsCharge",
      "postWaitingToken",
      "putSchedulesByScheduleId",
    ]
  `);
});

test('no two operations have one name', () => {
  const names = operations.map(({ operation }) => operation.operationId);
  expect(new Set(names).size).toBe(names.length);
});

test('every pattern is one of ECMA-262, without flags and the same with the flag u', () => {
  const patterns = [...text.matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, of = '""']) =>
    z.string().parse(JSON.parse(of)),
  );
  expect(patterns.length).toBeGreaterThan(20);
  for (const pattern of new Set(patterns)) {
    expect(pattern).not.toMatch(/\\p\{|\/[a-z]*$/);
    for (const value of ['spring', '1', '서울 🎟', '', 'a\u0000', '\ud800', '2026-01-01T00:00:00Z'])
      expect([pattern, value, new RegExp(pattern).test(value)]).toEqual([
        pattern,
        value,
        new RegExp(pattern, 'u').test(value),
      ]);
  }
});

test('every schema of the document compiles', () => {
  for (const name of Object.keys(parsed.components.schemas)) {
    expect(() => schemaFault('sent', ['components', 'schemas', name], {})).not.toThrow();
    expect(() => schemaFault('answered', ['components', 'schemas', name], {})).not.toThrow();
  }
});

const fields = z.looseObject({ properties: z.record(z.string(), z.looseObject({})) });
const fieldOf = (schema: string, field: string) => fields.parse(parsed.components.schemas[schema]).properties[field];

test.each([
  ['Coupon', 'eventId'],
  ['Coupon', 'opensAt'],
  ['Coupon', 'closesAt'],
  ['Event', 'scheduleId'],
  ['Event', 'openedAt'],
  ['Product', 'eventId'],
  ['Order', 'couponId'],
  ['Order', 'paymentId'],
  ['Order', 'reason'],
  ['Schedule', 'admitPerSecond'],
  ['Place', 'etaSeconds'],
  ['NewCoupon', 'eventId'],
  ['NewEvent', 'scheduleId'],
  ['NewProduct', 'eventId'],
  ['NewOrder', 'couponId'],
])('%s may have no %s, and says so', (schema, field) => {
  expect(JSON.stringify(fieldOf(schema, field))).toContain('"null"');
});

test('an answer never shows an id as a number', () => {
  const answers = allRoutes().flatMap(({ answers }) => Object.values(answers).map(({ schema }) => schema));
  for (const schema of answers)
    if (schema !== undefined)
      expect(JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any' }))).not.toContain('"string","integer"');
});

test('every code is one that a problem may have by the document', () => {
  expect(parsed.components.schemas['Problem']).toMatchObject({ properties: { code: { enum: problemCodes } } });
});

test('no id can be mistaken for a word of a path: where one can, it is reserved', () => {
  const parts = (path: string) => path.split('/');
  const paths = allRoutes().map(({ method, path }) => ({ method, path }));
  const clashes = paths.flatMap(({ method, path }) =>
    paths
      .filter((other) => other.method === method && parts(other.path).length === parts(path).length)
      .flatMap((other) => {
        const pairs = parts(path).map((part, at) => [part, parts(other.path)[at] ?? ''] as const);
        const meet = pairs.every(([one, two]) => one === two || one.startsWith(':') || two.startsWith(':'));
        return meet ? pairs.filter(([one, two]) => one.startsWith(':') && !two.startsWith(':')) : [];
      })
      .map(([parameter, word]) => `${parameter} ${word}`),
  );
  // A new one of these: give what is created there `idExcept(word)`, then name it here. That no coupon is called
  // issue-status mends the clash of the request id too.
  expect([...new Set(clashes)].sort()).toEqual([':couponId issue-status', ':requestId issue-status']);
});

test('a coupon that would stand in the way of a path is refused', async () => {
  const { post } = await serve();
  const answer = await post('/api/coupons', {
    couponId: 'issue-status',
    name: 'x',
    quantity: 1,
    discount: { kind: 'PERCENT', value: 1 },
  });
  expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [{ path: 'couponId' }] }]);
});
