// Written by `npm run api-types` from the OpenAPI document.
export interface paths {
    "/api/coupons/{couponId}/issue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a coupon; accepted at once, decided a moment later */
        post: operations["postCouponsByCouponIdIssue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coupons/issue-status/{requestId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of a request */
        get: operations["getCouponsIssueStatusByRequestId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coupons/{couponId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A coupon: how many there are, how many are left */
        get: operations["getCouponsByCouponId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change its name, when giving it out ends, when using it ends, and whether it needs a challenge */
        patch: operations["patchCouponsByCouponId"];
        trace?: never;
    };
    "/api/coupons/{couponId}/issue-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of a user's request for this coupon */
        get: operations["getCouponsByCouponIdIssueStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{userId}/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A user's coupons, page by page */
        get: operations["getUsersByUserIdCoupons"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a coupon */
        post: operations["postCoupons"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coupons/{couponId}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop giving out, for now */
        post: operations["postCouponsByCouponIdPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coupons/{couponId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on giving out */
        post: operations["postCouponsByCouponIdResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coupons/{couponId}/quantity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change the quantity of a coupon */
        post: operations["postCouponsByCouponIdQuantity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/waiting-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Join the waiting room of a schedule; the same user has one place */
        post: operations["postWaitingToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/waiting-token/{tokenId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The state of a place; the call keeps the place, and claims it when its turn has come */
        get: operations["getWaitingTokenByTokenId"];
        put?: never;
        post?: never;
        /** Give a place up; it goes to the next in line */
        delete: operations["deleteWaitingTokenByTokenId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedules/{scheduleId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A schedule: how many may be in, how many are in, how many wait */
        get: operations["getSchedulesByScheduleId"];
        /** Set how many may be in at once, also during a sale; lowering it removes nobody who is in */
        put: operations["putSchedulesByScheduleId"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys passes are verified with */
        get: operations["getWellKnownJwksJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/doorbuster-seals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys that receipts and seals are verified with, and the last seal */
        get: operations["getWellKnownDoorbusterSeals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Schedule an event; it opens by itself */
        post: operations["postEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An event: when it opens, whether it is open */
        get: operations["getEventsByEventId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Move the opening of an event that has not opened */
        patch: operations["patchEventsByEventId"];
        trace?: never;
    };
    "/api/events/{eventId}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End an event that is open */
        post: operations["postEventsByEventIdClose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/{eventId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call an event off */
        post: operations["postEventsByEventIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a product with its first stock */
        post: operations["postProducts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/products/{productId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A product: on hand, held, available */
        get: operations["getProductsByProductId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change how much of it one user may have, and whether they solve a challenge; what is not named stays as it is */
        patch: operations["patchProductsByProductId"];
        trace?: never;
    };
    "/api/products/{productId}/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** More of a product; a delivery note is received once, however often it is sent */
        post: operations["postProductsByProductIdStock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/products/{productId}/stock-audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ledger of its stock, from the beginning, page by page */
        get: operations["getProductsByProductIdStockAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{userId}/points/charge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** More points for a user */
        post: operations["postUsersByUserIdPointsCharge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{userId}/points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a user has: balance, and what of it is set aside */
        get: operations["getUsersByUserIdPoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Place an order: its goods are held until it is paid; all lines or none */
        post: operations["postOrders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An order */
        get: operations["getOrdersByOrderId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{userId}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A user's orders, the newest first, page by page */
        get: operations["getUsersByUserIdOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{orderId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel it: everything it took is given back */
        post: operations["postOrdersByOrderIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{orderId}/ship": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark an order as shipped */
        post: operations["postOrdersByOrderIdShip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{orderId}/deliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark an order as delivered */
        post: operations["postOrdersByOrderIdDeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/prepare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prepare a payment: bind order, payer and amount */
        post: operations["postPaymentsPrepare"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The gateway reports a change of a payment; its content is not trusted, the gateway is asked */
        post: operations["postPaymentsWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/{paymentId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the gateway charge; it can be repeated safely */
        post: operations["postPaymentsByPaymentIdApprove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prepare and approve in one call */
        post: operations["postPayments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/{paymentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A payment and its state */
        get: operations["getPaymentsByPaymentId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sse/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A ticket that opens the stream of a user once, within 30 seconds */
        post: operations["postSseTickets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sse/subscribe/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a user is told, as it happens: server-sent events */
        get: operations["getSseSubscribeByUserId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Demo page: watch a sale and take part in it */
        get: operations["getRoot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/demo/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file of the demo page */
        get: operations["getDemoByFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process runs */
        get: operations["getHealthLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process is ready for requests, with the state of each engine */
        get: operations["getHealthReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics for Prometheus */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/projections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All projections, how far each is */
        get: operations["getAdminProjections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/projections/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A projection: its builds, how far it is */
        get: operations["getAdminProjectionsByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/projections/{name}/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rebuild a projection while readers use the old version, then switch over */
        post: operations["postAdminProjectionsByNameRebuild"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/projections/{name}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compare a projection with its documents computed again from the events */
        get: operations["getAdminProjectionsByNameVerify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Dead letters: messages that could not be processed, page by page */
        get: operations["getAdminDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A dead letter in full, and how it failed */
        get: operations["getAdminDeadLettersById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replay all dead letters of a topic; dryRun only lists them */
        post: operations["postAdminDeadLettersReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replay a dead letter */
        post: operations["postAdminDeadLettersByIdReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters/{id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Discard a dead letter, with a reason */
        post: operations["postAdminDeadLettersByIdDiscard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/coupons/{couponId}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Was the sale of this coupon fair? From its events alone */
        get: operations["getAdminCouponsByCouponIdVerify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/schedules/{scheduleId}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Was this waiting room fair? From its events alone */
        get: operations["getAdminSchedulesByScheduleIdVerify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/history/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is every event as it was sealed, none left out, put in or moved? */
        get: operations["getAdminHistoryVerify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reconcile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Compare gate, events and read models; heal when asked to */
        post: operations["postAdminReconcile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orders/{orderId}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is anything of this order half done? From the events alone */
        get: operations["getAdminOrdersByOrderIdVerify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/products/{productId}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Does the stock of this product add up? From the events alone */
        get: operations["getAdminProductsByProductIdVerify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/events/{eventId}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Paid orders of one event, for example to refund them when it was cancelled */
        get: operations["getAdminEventsByEventIdOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/sagas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders that are parked, page by page */
        get: operations["getAdminSagas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/sagas/{orderId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on with a parked order */
        post: operations["postAdminSagasByOrderIdReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/sagas/{orderId}/compensate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a parked order: everything is given back */
        post: operations["postAdminSagasByOrderIdCompensate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/parked-streams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Streams that a consumer skips, because it cannot read them */
        get: operations["getAdminParkedStreams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/parked-streams/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a parked stream read again; for a view, the view is built anew */
        post: operations["postAdminParkedStreamsRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Endpoints that events are delivered to, and how each fares */
        get: operations["getAdminWebhooks"];
        put?: never;
        /** Have events delivered to an endpoint, from now on */
        post: operations["postAdminWebhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/webhooks/{endpointId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An endpoint, and how it fares */
        get: operations["getAdminWebhooksByEndpointId"];
        put?: never;
        post?: never;
        /** Delete an endpoint: what it has not got yet is given up */
        delete: operations["deleteAdminWebhooksByEndpointId"];
        options?: never;
        head?: never;
        /** Change where events go and which, pause it or resume it. Nothing is lost while it is paused */
        patch: operations["patchAdminWebhooksByEndpointId"];
        trace?: never;
    };
    "/admin/webhooks/{endpointId}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The secret its receiver verifies signatures with. Recorded in the audit trail */
        get: operations["getAdminWebhooksByEndpointIdSecret"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/webhooks/{endpointId}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new secret signs from now on, and the old one beside it for a while */
        post: operations["postAdminWebhooksByEndpointIdRotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/webhooks/{endpointId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message of type TEST, and see what becomes of it */
        post: operations["postAdminWebhooksByEndpointIdTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/webhooks/{endpointId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Deliver everything again that was recorded since a time, or between two */
        post: operations["postAdminWebhooksByEndpointIdReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/webhooks/{endpointId}/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages of an endpoint that were given up, page by page */
        get: operations["getAdminWebhooksByEndpointIdDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/webhooks/{endpointId}/dead-letters/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try dead letters of an endpoint again, the latest first */
        post: operations["postAdminWebhooksByEndpointIdDeadLettersRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{userId}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that happened to a user, from the queue to the delivery, in order, page by page */
        get: operations["getAdminUsersByUserIdTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{userId}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything there is about a user, for that person: with addresses in plain text. Recorded in the audit trail */
        get: operations["getAdminUsersByUserIdExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{userId}/personal-data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Erase what identifies a user, for ever: orders stay, without their shipping */
        delete: operations["deleteAdminUsersByUserIdPersonalData"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Changes and exports made by operators, viewers and services, newest first, page by page */
        get: operations["getAdminAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find the user behind the id of a user, an order, a payment, a request or a waiting token */
        get: operations["getAdminPeopleById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orders/{orderId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel an order for its user: everything it took is given back, a payment is refunded */
        post: operations["postAdminOrdersByOrderIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/exports/issued-coupons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who holds which coupon, as CSV or NDJSON: of one, or of all */
        get: operations["getAdminExportsIssuedCoupons"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/exports/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All orders, without addresses, as CSV or NDJSON */
        get: operations["getAdminExportsOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/exports/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit trail as CSV or NDJSON */
        get: operations["getAdminExportsAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/exports/stock/{productId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ledger of a product as CSV or NDJSON */
        get: operations["getAdminExportsStockByProductId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sale as it runs: one snapshot, then what changes, at most twice a second */
        get: operations["getAdminStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The operators' console */
        get: operations["getConsole"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/assets/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file of the console, by a name that changes with its content */
        get: operations["getConsoleAssetsByFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The API as an OpenAPI 3.1 document */
        get: operations["getOpenapiJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/asyncapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every topic and its messages as an AsyncAPI 3.0 document */
        get: operations["getAsyncapiJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The API as a page for people */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file of the API reference */
        get: operations["getDocsByFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        IssueRequest: {
            /**
             * @description An integer is read as a string.
             * @example spring-sale
             */
            userId?: string | number;
            /**
             * @description An integer is read as a string.
             * @example spring-sale
             */
            requestId?: string | number;
        };
        Accepted: {
            /** @example spring-sale */
            requestId: string;
            /** @example spring-sale */
            couponId: string;
            /** @example spring-sale */
            userId: string;
            /** @constant */
            status: "PENDING";
            message: string;
            /** @description A signed statement of what was accepted: docs/receipts.md. Absent only while nobody can sign. */
            receipt?: string;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            /** @enum {string} */
            code: "INVALID_REQUEST" | "UNAUTHENTICATED" | "FORBIDDEN" | "NOT_YOU" | "LOCAL_ONLY" | "NOT_FOUND" | "COUPON_NOT_FOUND" | "REQUEST_NOT_FOUND" | "PROJECTION_NOT_FOUND" | "DEAD_LETTER_NOT_FOUND" | "PRODUCT_NOT_FOUND" | "ORDER_NOT_FOUND" | "PAYMENT_NOT_FOUND" | "PRODUCT_EXISTS" | "ORDER_EXISTS" | "REQUEST_ID_REUSED" | "SALE_NOT_OPEN" | "INSUFFICIENT_STOCK" | "PURCHASE_LIMIT" | "COUPON_NOT_USABLE" | "INSUFFICIENT_POINTS" | "INVALID_ORDER_STATE" | "NOT_PAYABLE" | "GATEWAY_PAYMENT_USED" | "NOT_ORDERER" | "PAYMENT_DECLINED" | "AMOUNT_MISMATCH" | "POINTS_EXCEED_TOTAL" | "TOTAL_TOO_LARGE" | "POINTS_LIMIT_REACHED" | "STOCK_LIMIT_REACHED" | "SAGA_NOT_FOUND" | "USER_NOT_FOUND" | "STREAM_NOT_PARKED" | "WEBHOOK_NOT_FOUND" | "TOO_MANY_WEBHOOKS" | "KEYS_SECRET_MISSING" | "METHOD_NOT_ALLOWED" | "REQUEST_TIMEOUT" | "WAITING_REQUIRED" | "CHALLENGE_REQUIRED" | "SCHEDULE_NOT_FOUND" | "TOKEN_NOT_FOUND" | "EVENT_NOT_FOUND" | "EVENT_EXISTS" | "INVALID_EVENT_STATE" | "COUPON_EXISTS" | "SOLD_OUT" | "ALREADY_REQUESTED" | "NOT_OPEN" | "CLOSED" | "PAUSED" | "QUANTITY_BELOW_ISSUED" | "REQUEST_ID_AMBIGUOUS" | "PROJECTION_BUSY" | "ALREADY_REPLAYED" | "ALREADY_DISCARDED" | "NOT_REPLAYABLE" | "ORIGINAL_GONE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "ANSWER_NOT_KEPT" | "RATE_LIMITED" | "PAYLOAD_TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE" | "EXPECTATION_FAILED" | "IDEMPOTENCY_KEY_REUSED" | "HEADERS_TOO_LARGE" | "INTERNAL" | "UNPROCESSABLE" | "OVERLOADED" | "UNAVAILABLE" | "OUTCOME_UNKNOWN" | "NOT_READY";
            /** @description What is wrong, field by field. */
            errors?: {
                path: string;
                message: string;
            }[];
            /** @example spring-sale */
            requestId?: string;
            /** @description Where it can be asked for. */
            statusUrl?: string;
            opensAt?: string | null;
            /**
             * @description The waiting room in front of it.
             * @example spring-sale
             */
            scheduleId?: string;
            /** @example spring-sale */
            couponId?: string;
            /** @example spring-sale */
            productId?: string;
            /** @example spring-sale */
            eventId?: string;
            /** @example spring-sale */
            orderId?: string;
            /** @example spring-sale */
            chargeId?: string;
            /** @example spring-sale */
            paymentId?: string;
            /** @example spring-sale */
            deliveryNote?: string;
            orderStatus?: string;
            /** @description What the order costs. */
            total?: number;
            /**
             * @description Why the coupon cannot be used, which limit is reached, or why nothing can be written or decided.
             * @enum {string}
             */
            reason?: "NOT_YOURS" | "USED" | "EXPIRED" | "WORTH_NOTHING" | "MAX_PER_USER" | "MAX_OPEN_HOLDS" | "PAUSE_AFTER_EXPIRY" | "DISK_LOW" | "DISK_FULL" | "DISK_FAILED" | "STREAM_UNREADABLE";
            /** @description In units, open holds or seconds, as reason says. */
            limit?: number;
            /** @description Units of it this user has bought. */
            bought?: number;
            /** @description Units of it that are held for this user. */
            held?: number;
            /** @description From when it may be tried again; null: time alone does not help. */
            until?: string | null;
            /** @description The largest total an order may have. */
            most?: number;
            /** @description The lines there is not enough for. */
            readonly lines?: {
                /** @example spring-sale */
                productId: string;
                /** @description null is unknown. */
                available: number | null;
            }[];
            /** @description To be solved, as its provider defines it. */
            challenge?: {
                [key: string]: unknown;
            };
            engines?: {
                [key: string]: "ok" | "degraded" | "down";
            };
            draining?: boolean;
            /** @description What is wrong with the disk of the data, for operators. */
            disk?: string;
        };
        IssueStatus: {
            /** @example spring-sale */
            requestId: string;
            /** @example spring-sale */
            couponId: string;
            /**
             * @description Absent where no user asked, or nobody knows who.
             * @example spring-sale
             */
            userId?: string;
            /** @enum {string} */
            status: "PROCESSING" | "SUCCESS" | "FAILED" | "ALREADY_ISSUED" | "OUT_OF_STOCK";
            /** @description Why not, when it led to nothing. */
            code?: string;
            message: string;
            place?: number;
            /** @description The answer before this one: it could not be processed then, and was decided anew. */
            supersedes?: {
                code: string;
                /** Format: date-time */
                processedAt: string;
            };
            /** Format: date-time */
            processedAt?: string;
        };
        Coupon: {
            /** @example spring-sale */
            couponId: string;
            name: string;
            quantity: number;
            issued: number;
            remaining: number;
            /** @enum {string} */
            status: "SCHEDULED" | "OPEN" | "PAUSED" | "SOLD_OUT" | "CLOSED";
            discount: components["schemas"]["Discount"];
            opensAt: string | null;
            closesAt: string | null;
            /** @description When using ends; null: never. */
            usableUntil: string | null;
            eventId: string | null;
            /**
             * @description Whether clients that ask for it must solve a challenge first; SUSPICIOUS: only where much was asked from their addresses lately.
             * @enum {string}
             */
            challenge: "NEVER" | "SUSPICIOUS" | "ALWAYS";
        };
        Discount: {
            /** @constant */
            kind: "AMOUNT";
            value: number;
        } | {
            /** @constant */
            kind: "PERCENT";
            value: number;
        };
        UserIssueStatus: {
            /** @enum {string} */
            status: "PENDING" | "ISSUED" | "FAILED" | "NOT_REQUESTED";
            /** @example spring-sale */
            requestId?: string;
            /** @description Why not, when it FAILED. */
            code?: string;
            message: string;
        };
        UserCoupons: {
            items: {
                /** @example spring-sale */
                couponId: string;
                name: string;
                discount: components["schemas"]["Discount"];
                /** @example spring-sale */
                requestId: string;
                place: number;
                /** @enum {string} */
                status: "AVAILABLE" | "USED" | "EXPIRED";
                /** Format: date-time */
                issuedAt: string;
                expiresAt: string | null;
            }[];
            nextCursor: string | null;
        };
        NewCoupon: {
            /**
             * @description An integer is read as a string. Reserved: issue-status.
             * @example spring-sale
             */
            couponId?: string | number;
            name: string;
            quantity: number;
            discount: components["schemas"]["Discount"];
            opensAt?: (string & (unknown & unknown)) | null;
            /** @description Giving out ends. */
            closesAt?: (string & (unknown & unknown)) | null;
            /** @description Using ends; null: never. Left out, it ends with giving out. */
            usableUntil?: (string & (unknown & unknown)) | null;
            eventId?: (string | number) | null;
            /**
             * @description Whether clients that ask for it must solve a challenge first; SUSPICIOUS: only where much was asked from their addresses lately.
             * @enum {string}
             */
            challenge?: "NEVER" | "SUSPICIOUS" | "ALWAYS";
        };
        Operation: {
            /**
             * @description An integer is read as a string.
             * @example spring-sale
             */
            requestId?: string | number;
            actor?: string;
            reason?: string;
        };
        QuantityChange: {
            quantity: number;
            /**
             * @description An integer is read as a string.
             * @example spring-sale
             */
            requestId?: string | number;
            actor?: string;
            reason?: string;
        };
        TermsChange: {
            name?: string;
            /** @description Giving out ends; null: never. Left out, it stays as it is. */
            closesAt?: (string & (unknown & unknown)) | null;
            /** @description Using ends; null: never. Left out, it stays as it is. */
            usableUntil?: (string & (unknown & unknown)) | null;
            /**
             * @description Whether clients that ask for it must solve a challenge first; SUSPICIOUS: only where much was asked from their addresses lately.
             * @enum {string}
             */
            challenge?: "NEVER" | "SUSPICIOUS" | "ALWAYS";
            /**
             * @description An integer is read as a string.
             * @example spring-sale
             */
            requestId?: string | number;
            actor?: string;
            reason?: string;
        };
        Joining: {
            /**
             * @description An integer is read as a string.
             * @example spring-sale
             */
            scheduleId: string | number;
            /**
             * @description An integer is read as a string.
             * @example spring-sale
             */
            userId?: string | number;
        };
        Place: {
            /** @example spring-sale */
            tokenId: string;
            /** @enum {string} */
            status: "PENDING" | "ACTIVE";
            /** @description 0 for whoever is in. */
            position: number;
            /** @description From the measured rate; null is unknown. */
            etaSeconds: number | null;
            /** @description Only for a user who is let in. If it is missing then, get the token again. */
            pass?: string;
        };
        WaitingToken: {
            /** @example spring-sale */
            tokenId: string;
            /** @enum {string} */
            status: "PENDING" | "ACTIVE" | "EXPIRED" | "COMPLETED";
            /** @description Never gets worse. */
            position?: number;
            aheadOfYou?: number;
            /** @description From the measured rate; null is unknown. */
            etaSeconds?: number | null;
            /** Format: date-time */
            expiresAt?: string;
            /** @description A JWT; verify it with /.well-known/jwks.json. */
            pass?: string;
        };
        ScheduleTerms: {
            activeLimit: number;
            activeTtlSeconds: number;
            admitPerSecond?: number | null;
            /**
             * @description Whether users must solve a challenge before they join. Left out: NEVER.
             * @enum {string}
             */
            challenge?: "NEVER" | "SUSPICIOUS" | "ALWAYS";
        };
        Schedule: {
            /** @example spring-sale */
            scheduleId: string;
            activeLimit: number;
            activeTtlSeconds: number;
            admitPerSecond: number | null;
            /**
             * @description Whether clients that ask for it must solve a challenge first; SUSPICIOUS: only where much was asked from their addresses lately.
             * @enum {string}
             */
            challenge: "NEVER" | "SUSPICIOUS" | "ALWAYS";
            active: number;
            waiting: number;
            /** @description Over the last minute; null is unknown. */
            activationsPerSecond: number | null;
        };
        JwkSet: {
            keys: ({
                kid: string;
            } & {
                [key: string]: unknown;
            })[];
        };
        PublishedSeals: {
            keys: {
                kid: string;
                /** @constant */
                kty: "OKP";
                /** @constant */
                crv: "Ed25519";
                /** @constant */
                alg: "EdDSA";
                /** @constant */
                use: "sig";
                x: string;
                /** Format: date-time */
                notBefore: string;
                /**
                 * Format: date-time
                 * @description It signs nothing from then on; it stays published.
                 */
                notAfter: string;
            }[];
            sealing: {
                events: number;
                withinSeconds: number;
            };
            last: {
                seal: number;
                digest: string;
                sealed: components["schemas"]["Seal"];
            } | null;
        };
        Seal: {
            /** @description Position of the first event sealed, in the store where it was sealed. */
            from: number;
            to: number;
            count: number;
            root: string;
            /** @description Digest of the seal before it; 64 zeros for the first. */
            previous: string;
            /** @description Epoch milliseconds. */
            at: number;
            keyId: string;
            signature: string;
        };
        NewEvent: {
            /**
             * @description An integer is read as a string.
             * @example spring-sale
             */
            eventId?: string | number;
            name: string;
            /**
             * Format: date-time
             * @description A time already past opens it at once.
             * @example 2026-12-01T10:00:00+09:00
             */
            opensAt: string & (unknown & unknown);
            /** @description The waiting room in front of it. */
            scheduleId?: (string | number) | null;
        };
        Event: {
            /** @example spring-sale */
            eventId: string;
            name: string;
            /** @enum {string} */
            status: "PENDING" | "OPEN" | "CLOSED" | "CANCELLED";
            /** Format: date-time */
            opensAt: string;
            /** @description When it really opened. */
            openedAt: string | null;
            scheduleId: string | null;
        };
        NewOpening: {
            /**
             * Format: date-time
             * @example 2026-12-01T10:00:00+09:00
             */
            opensAt: string & (unknown & unknown);
        };
        EventEnding: {
            actor?: string;
            reason?: string;
        };
        NewProduct: {
            /**
             * @description An integer is read as a string.
             * @example spring-sale
             */
            productId?: string | number;
            name: string;
            price: number;
            stock: number;
            eventId?: (string | number) | null;
            /** @description Sale policy of the product. A field that is left out gets the default of the shop. */
            policy?: {
                /** @enum {string} */
                latePayment?: "REACQUIRE" | "REFUND";
                /** @enum {string} */
                soldOut?: "REOPEN" | "STAY_CLOSED";
                /** @enum {string} */
                cancel?: "UNTIL_SHIPPED" | "UNTIL_PAID";
            };
            /**
             * @description Whether clients that ask for it must solve a challenge first; SUSPICIOUS: only where much was asked from their addresses lately.
             * @enum {string}
             */
            challenge?: "NEVER" | "SUSPICIOUS" | "ALWAYS";
            /** @description Units over all orders of a user that stand; null: no limit. */
            maxPerUser?: number | null;
            /** @description Unpaid orders of a user that hold it; null: no limit. */
            maxOpenHolds?: number | null;
            /** @description How long a user must wait to order it again after a hold expired, in seconds; null: no wait. */
            pauseAfterExpirySeconds?: number | null;
        };
        Product: {
            /** @example spring-sale */
            productId: string;
            name: string;
            price: number;
            eventId: string | null;
            onHand: number;
            held: number;
            available: number;
            /**
             * @description SOLD_OUT: nothing is left to order now. It tells of the stock alone: whether the product sells yet, or no more, tells the event it is tied to.
             * @enum {string}
             */
            status: "AVAILABLE" | "SOLD_OUT";
            policy: {
                /** @enum {string} */
                latePayment: "REACQUIRE" | "REFUND";
                /** @enum {string} */
                soldOut: "REOPEN" | "STAY_CLOSED";
                /** @enum {string} */
                cancel: "UNTIL_SHIPPED" | "UNTIL_PAID";
            };
            /** @description Units over all orders of a user that stand; null: no limit. */
            maxPerUser: number | null;
            /** @description Unpaid orders of a user that hold it; null: no limit. */
            maxOpenHolds: number | null;
            /** @description How long a user must wait to order it again after a hold expired, in seconds; null: no wait. */
            pauseAfterExpirySeconds: number | null;
            /**
             * @description Whether clients that ask for it must solve a challenge first; SUSPICIOUS: only where much was asked from their addresses lately.
             * @enum {string}
             */
            challenge: "NEVER" | "SUSPICIOUS" | "ALWAYS";
        };
        ProductTermsChange: {
            /**
             * @description Whether clients that ask for it must solve a challenge first; SUSPICIOUS: only where much was asked from their addresses lately.
             * @enum {string}
             */
            challenge?: "NEVER" | "SUSPICIOUS" | "ALWAYS";
            /** @description Units over all orders of a user that stand; null: no limit. */
            maxPerUser?: number | null;
            /** @description Unpaid orders of a user that hold it; null: no limit. */
            maxOpenHolds?: number | null;
            /** @description How long a user must wait to order it again after a hold expired, in seconds; null: no wait. */
            pauseAfterExpirySeconds?: number | null;
            actor?: string;
            reason?: string;
        };
        NewDelivery: {
            quantity: number;
            /**
             * @description An integer is read as a string.
             * @example spring-sale
             */
            deliveryNote?: string | number;
        };
        Shelf: {
            onHand: number;
            held: number;
            available: number;
        };
        StockAudit: {
            items: {
                entry: number;
                /** @enum {string} */
                kind: "RECEIVED" | "TERMS_CHANGED" | "RESERVED" | "EXTENDED" | "RELEASED" | "DEDUCTED" | "RESTORED";
                /** @description null: of no order, or of many. */
                orderId: string | null;
                onHand: number;
                held: number;
                reason: string | null;
                /** Format: date-time */
                at: string;
            }[];
            nextCursor: string | null;
        };
        PointsCharge: {
            amount: number;
            /**
             * @description An integer is read as a string.
             * @example spring-sale
             */
            chargeId?: string | number;
        };
        Points: {
            /** @example spring-sale */
            userId: string;
            balance: number;
            reserved: number;
            available: number;
        };
        NewOrder: {
            /**
             * @description An integer is read as a string.
             * @example spring-sale
             */
            orderId?: string | number;
            /**
             * @description An integer is read as a string.
             * @example spring-sale
             */
            userId?: string | number;
            lines: {
                /**
                 * @description An integer is read as a string.
                 * @example spring-sale
                 */
                productId: string | number;
                quantity: number;
            }[];
            /**
             * @description Flat: what it is made of is between the shop and its carrier.
             * @example {
             *       "recipient": "Ana",
             *       "address": "Harbour 1"
             *     }
             */
            shipping: {
                [key: string]: string | number | boolean | null;
            };
            couponId?: (string | number) | null;
            usePoints?: number;
        };
        CreatedOrder: {
            /** @example spring-sale */
            orderId: string;
            /** @enum {string} */
            status: "CREATED" | "PENDING_PAYMENT" | "PAID" | "CONFIRMED" | "SHIPPED" | "DELIVERED" | "CANCELLED" | "FAILED" | "EXPIRED";
            total: number;
            discount: number;
            points: number;
            /** Format: date-time */
            holdExpiresAt: string;
            /** @description A signed statement of what was accepted: docs/receipts.md. Absent only while nobody can sign. */
            receipt?: string;
        };
        Order: {
            /** @example spring-sale */
            orderId: string;
            /** @example spring-sale */
            userId: string;
            /** @enum {string} */
            status: "CREATED" | "PENDING_PAYMENT" | "PAID" | "CONFIRMED" | "SHIPPED" | "DELIVERED" | "CANCELLED" | "FAILED" | "EXPIRED";
            lines: {
                /** @example spring-sale */
                productId: string;
                quantity: number;
                unitPrice: number;
            }[];
            /** @description Null: it was erased. */
            shipping: {
                [key: string]: unknown;
            } | null;
            /**
             * @description What identified the person who ordered was erased.
             * @constant
             */
            erased?: true;
            couponId: string | null;
            discount: number;
            points: number;
            total: number;
            /** Format: date-time */
            holdExpiresAt: string;
            paymentId: string | null;
            /** @description The payment that pays it, or is to; null before one was prepared. */
            payment: {
                /** @example spring-sale */
                paymentId: string;
                amount: number;
                /**
                 * @description CANCELLED: never charged, and never will be, for the order is over or paid otherwise.
                 * @enum {string}
                 */
                status: "PENDING" | "PAID" | "DECLINED" | "CANCELLED" | "REFUNDING" | "REFUNDED";
            } | null;
            /** @description What is given back, or was; null where there is nothing to give back. */
            refund: {
                /** @example spring-sale */
                paymentId: string;
                amount: number;
                /** @enum {string} */
                status: "REFUNDING" | "REFUNDED";
                refundedAt: string | null;
            } | null;
            reason: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        Orders: {
            items: components["schemas"]["Order"][];
            nextCursor: string | null;
        };
        OrderOperation: {
            reason?: string;
        };
        OrderStepped: {
            /** @example spring-sale */
            orderId: string;
            /** @enum {string} */
            status: "CREATED" | "PENDING_PAYMENT" | "PAID" | "CONFIRMED" | "SHIPPED" | "DELIVERED" | "CANCELLED" | "FAILED" | "EXPIRED";
        };
        PaymentRequest: {
            /**
             * @description An integer is read as a string.
             * @example spring-sale
             */
            orderId: string | number;
            /**
             * @description An integer is read as a string.
             * @example spring-sale
             */
            userId?: string | number;
            amount: number;
        };
        PreparedPayment: {
            /** @example spring-sale */
            paymentId: string;
            /** @example spring-sale */
            orderId: string;
            amount: number;
            /** @constant */
            status: "PENDING";
            /** Format: date-time */
            holdExpiresAt: string;
        };
        PaymentWebhook: {
            /**
             * @description An integer is read as a string.
             * @example spring-sale
             */
            paymentId: string | number;
            /**
             * @description An integer is read as a string.
             * @example 20261201-4711
             */
            gatewayPaymentId: string | number;
        };
        HeardOfPayment: {
            /** @example spring-sale */
            paymentId: string;
        };
        Approval: {
            /**
             * @description An integer is read as a string.
             * @example 20261201-4711
             */
            gatewayPaymentId: string | number;
        };
        Payment: {
            /** @example spring-sale */
            paymentId: string;
            /** @example spring-sale */
            orderId: string;
            amount: number;
            /**
             * @description CANCELLED: never charged, and never will be, for the order is over or paid otherwise.
             * @enum {string}
             */
            status: "PENDING" | "PAID" | "DECLINED" | "CANCELLED" | "REFUNDING" | "REFUNDED";
            /**
             * Format: date-time
             * @description When the gateway had given it back.
             */
            refundedAt?: string;
        };
        PaymentAtOnce: {
            /**
             * @description An integer is read as a string.
             * @example spring-sale
             */
            orderId: string | number;
            /**
             * @description An integer is read as a string.
             * @example spring-sale
             */
            userId?: string | number;
            amount: number;
            /**
             * @description An integer is read as a string.
             * @example 20261201-4711
             */
            gatewayPaymentId: string | number;
        };
        StreamTicketRequest: {
            /**
             * @description An integer is read as a string.
             * @example spring-sale
             */
            userId?: string | number;
        };
        StreamTicket: {
            /** @description For `?ticket=`: opens the stream once. */
            ticket: string;
            /** Format: date-time */
            expiresAt: string;
        };
        Live: {
            /** @constant */
            status: "ok";
        };
        Ready: {
            /** @enum {string} */
            status: "ok" | "degraded";
            engines: {
                [key: string]: "ok" | "degraded" | "down";
            };
        };
        Projections: {
            items: components["schemas"]["Projection"][];
        };
        Projection: {
            /** @description What keeps it from going on; null: nothing. */
            trouble: ({
                /** Format: date-time */
                since: string;
                reason: string;
            } & {
                [key: string]: unknown;
            }) | null;
        } & {
            [key: string]: unknown;
        };
        Rebuild: {
            /** @default false */
            verify: boolean;
        };
        Rebuilt: {
            events: number;
        } & {
            [key: string]: unknown;
        };
        ProjectionVerified: {
            /** @enum {string} */
            verdict: "PASS" | "FAIL";
        } & {
            [key: string]: unknown;
        };
        DeadLetters: {
            items: components["schemas"]["DeadLetter"][];
            nextCursor: string | null;
        };
        DeadLetter: {
            id: string;
            topic: string;
            failureReason: string;
            /** Format: date-time */
            firstAttemptAt: string;
            /** Format: date-time */
            lastAttemptAt: string;
            /** Format: date-time */
            recordedAt: string;
        } & {
            [key: string]: unknown;
        };
        ReplayTopic: {
            /**
             * @example coupon-issue-requests
             * @enum {string}
             */
            topic: "coupon-issue-requests" | "waiting-token" | "stock-requests";
            /** @default false */
            dryRun: boolean;
            /** @description Messages a second */
            rate?: number;
            limit?: number;
            actor?: string;
            reason?: string;
        };
        Done: {
            [key: string]: unknown;
        };
        Replay: {
            /** @default false */
            dryRun: boolean;
            actor?: string;
            reason?: string;
        };
        Discard: {
            actor?: string;
            reason: string;
        };
        Report: {
            /** @enum {string} */
            verdict: "PASS" | "FAIL";
            reasons: unknown[];
        } & {
            [key: string]: unknown;
        };
        HistoryReport: {
            /** @enum {string} */
            verdict: "PASS" | "FAIL";
            reasons: unknown[];
            /** @description The last seal that was looked at: keep it, later histories must contain it. */
            last: ({
                seal: number;
                digest: string;
                /** Format: date-time */
                at: string;
            } & {
                [key: string]: unknown;
            }) | null;
        } & {
            [key: string]: unknown;
        };
        Reconcile: {
            /** @default false */
            heal: boolean;
        };
        Reconciled: {
            findings: ({
                /** @enum {string} */
                kind: "STOCK_MISMATCH" | "SEQUENCE_GAP" | "LEAKED_RESERVATION" | "BROKEN_PROMISE" | "STALE_VIEW" | "GATEWAY_PAYMENT_REUSED" | "PARKED_STREAM";
                subject: string;
                detail: string;
                healed: boolean;
            } & {
                [key: string]: unknown;
            })[];
            healed: number;
        } & {
            [key: string]: unknown;
        };
        ParkedSagas: {
            items: ({
                orderId: string;
                step: string;
                reason: string;
                attempts: number;
                /** Format: date-time */
                parkedAt: string;
            } & {
                [key: string]: unknown;
            })[];
            nextCursor: string | null;
        };
        ReplaySaga: {
            actor?: string;
            reason?: string;
        };
        ParkedStreams: {
            items: ({
                consumer: string;
                streamId: string;
                eventType: string;
                reason: string;
                /** Format: date-time */
                parkedAt: string;
            } & {
                [key: string]: unknown;
            })[];
        };
        ReleaseStream: {
            consumer: string;
            streamId: string;
            actor?: string;
            reason?: string;
        };
        Webhooks: {
            items: components["schemas"]["Webhook"][];
        };
        Webhook: {
            endpointId: string;
            url: string;
            eventTypes: string[];
            /** @enum {string} */
            status: "ACTIVE" | "PAUSED";
            pausedBecause: string | null;
            /** @description Why nothing is delivered, whatever its status. `KEYS_SECRET_MISSING`: there is no secret to sign with. */
            problem: "KEYS_SECRET_MISSING" | null;
            /** Format: date-time */
            createdAt: string;
            oldSecretUntil: string | null;
            /** @description Age of the oldest event in line for this endpoint, in milliseconds. */
            lagMs: number;
            /** @description The message that failed last and is still tried. */
            lastFailure: components["schemas"]["WebhookDelivery"] | null;
            lastDeadLetter: components["schemas"]["WebhookDelivery"] | null;
        };
        WebhookDelivery: {
            /** @description The `webhook-id`. */
            messageId: string;
            eventType: string;
            attempts: number;
            failure: string;
            /** Format: date-time */
            firstFailedAt: string;
            /** Format: date-time */
            lastAttemptAt: string;
            /** @description Null: it is a dead letter. */
            nextAttemptAt: string | null;
        };
        CreateWebhook: {
            /**
             * @description `http` only to this machine.
             * @example https://shop.example/doorbuster
             */
            url: string;
            /**
             * @description Of `asyncapi.json`. Empty: all of them.
             * @default []
             * @example [
             *       "COUPON_ISSUED",
             *       "ORDER_COMPLETED"
             *     ]
             */
            eventTypes: ("COUPON_CREATED" | "COUPON_ISSUED" | "COUPON_REJECTED" | "COUPON_PAUSED" | "COUPON_RESUMED" | "COUPON_QUANTITY_CHANGED" | "COUPON_TERMS_CHANGED" | "COUPON_SALE_OPENED" | "COUPON_SALE_CLOSED" | "ORDER_CREATED" | "ORDER_PAYMENT_PENDING" | "ORDER_PLACED" | "ORDER_COMPLETED" | "ORDER_SHIPPED" | "ORDER_DELIVERED" | "ORDER_CANCELLED" | "ORDER_FAILED" | "ORDER_EXPIRED" | "PAYMENT_COMPLETED" | "PAYMENT_DECLINED" | "PAYMENT_REFUNDED" | "EVENT_OPEN")[];
            actor?: string;
            reason?: string;
        };
        ChangeWebhook: {
            /**
             * @description `http` only to this machine.
             * @example https://shop.example/doorbuster
             */
            url?: string;
            /**
             * @description Of `asyncapi.json`. Empty: all of them.
             * @example [
             *       "COUPON_ISSUED",
             *       "ORDER_COMPLETED"
             *     ]
             */
            eventTypes?: ("COUPON_CREATED" | "COUPON_ISSUED" | "COUPON_REJECTED" | "COUPON_PAUSED" | "COUPON_RESUMED" | "COUPON_QUANTITY_CHANGED" | "COUPON_TERMS_CHANGED" | "COUPON_SALE_OPENED" | "COUPON_SALE_CLOSED" | "ORDER_CREATED" | "ORDER_PAYMENT_PENDING" | "ORDER_PLACED" | "ORDER_COMPLETED" | "ORDER_SHIPPED" | "ORDER_DELIVERED" | "ORDER_CANCELLED" | "ORDER_FAILED" | "ORDER_EXPIRED" | "PAYMENT_COMPLETED" | "PAYMENT_DECLINED" | "PAYMENT_REFUNDED" | "EVENT_OPEN")[];
            paused?: boolean;
            actor?: string;
            reason?: string;
        };
        WebhookRemoved: {
            endpointId: string;
        };
        WebhookSecret: {
            endpointId: string;
            /** @example whsec_… */
            secret: string;
        };
        RotateWebhookSecret: {
            /**
             * @description How long the old secret signs as well. Milliseconds.
             * @default 86400000
             */
            overlapMs: number;
            actor?: string;
            reason?: string;
        };
        WebhookTested: {
            messageId: string;
            /** @description Null: the receiver took it. */
            failure: string | null;
        };
        ReplayWebhook: {
            /**
             * Format: date-time
             * @description Everything recorded from then on.
             * @example 2026-12-01T10:00:00+09:00
             */
            since: string & (unknown & unknown);
            /**
             * Format: date-time
             * @description And before then. Without it: up to now.
             * @example 2026-12-01T10:00:00+09:00
             */
            until?: string & (unknown & unknown);
            actor?: string;
            reason?: string;
        };
        WebhookDeadLetters: {
            items: components["schemas"]["WebhookDelivery"][];
            nextCursor: string | null;
        };
        RetryWebhookDeadLetters: {
            /** @default 100 */
            limit: number;
            actor?: string;
            reason?: string;
        };
        WebhookDeadLettersRetried: {
            retried: number;
        };
        Timeline: {
            items: {
                /** Format: date-time */
                at: string;
                /** @example CouponIssued */
                what: string;
                stream: string;
                /** @description Ids, amounts, reasons: what the event says. */
                facts: {
                    [key: string]: unknown;
                };
                /** Format: date-time */
                askedAt?: string;
                /** @description What the user was told of it. */
                notice?: string;
                /** @description X-Request-Id of the request that led here. */
                correlationId: string;
                position: number;
            }[];
            nextCursor: string | null;
        };
        ExportedUser: {
            /** @example spring-sale */
            userId: string;
            /** Format: date-time */
            exportedAt: string;
            /** @description With their payments. What was erased is null. */
            orders: components["schemas"]["Order"][];
            coupons: {
                /** @example spring-sale */
                couponId: string;
                name: string;
                discount: components["schemas"]["Discount"];
                /** @example spring-sale */
                requestId: string;
                place: number;
                /** @enum {string} */
                status: "AVAILABLE" | "USED" | "EXPIRED";
                /** Format: date-time */
                issuedAt: string;
                expiresAt: string | null;
            }[];
            points: components["schemas"]["Points"];
            /** @description All that happened: queues, payments, points, deliveries, and what they were told. */
            happened: {
                /** Format: date-time */
                at: string;
                /** @example CouponIssued */
                what: string;
                stream: string;
                /** @description Ids, amounts, reasons: what the event says. */
                facts: {
                    [key: string]: unknown;
                };
                /** Format: date-time */
                askedAt?: string;
                /** @description What the user was told of it. */
                notice?: string;
                /** @description X-Request-Id of the request that led here. */
                correlationId: string;
                position: number;
            }[];
            /** @description What operators and services changed of theirs. */
            acts: {
                actId: string;
                /** Format: date-time */
                at: string;
                /** @description The operator, viewer or service that the credential belongs to. */
                subject: string;
                /** @enum {string} */
                role: "viewer" | "operator" | "service";
                /** @example PATCH /api/coupons/:couponId */
                route: string;
                target: string;
                requestId: string;
                /** @description null: what became of it is not known, or not yet. */
                status: number | null;
                /** @description The body as JSON. Long values are replaced by how long they were, personal data by a note. */
                asked: string | null;
                /** @description How it was, in the same way. */
                before: string | null;
                /** @description What was answered, in the same way. */
                after: string | null;
            }[];
            /** @description Lists of which only the first 10,000 are here. */
            cut: ("orders" | "coupons" | "happened" | "acts")[];
        };
        ErasedUser: {
            /** @example spring-sale */
            userId: string;
            /** @constant */
            erased: true;
            /** Format: date-time */
            erasedAt: string;
            /** @description True: the key was destroyed by this call. False: there was no key to destroy. */
            keyDestroyed: boolean;
            /** @description Events that were written before personal data were encrypted, and still hold theirs in plain text. */
            plainEvents: number;
        };
        Acts: {
            items: {
                actId: string;
                /** Format: date-time */
                at: string;
                /** @description The operator, viewer or service that the credential belongs to. */
                subject: string;
                /** @enum {string} */
                role: "viewer" | "operator" | "service";
                /** @example PATCH /api/coupons/:couponId */
                route: string;
                target: string;
                requestId: string;
                /** @description null: what became of it is not known, or not yet. */
                status: number | null;
                /** @description The body as JSON. Long values are replaced by how long they were, personal data by a note. */
                asked: string | null;
                /** @description How it was, in the same way. */
                before: string | null;
                /** @description What was answered, in the same way. */
                after: string | null;
            }[];
            nextCursor: string | null;
        };
        People: {
            items: {
                /** @example spring-sale */
                userId: string;
                /** @enum {string} */
                by: "USER" | "ORDER" | "PAYMENT" | "REQUEST" | "TOKEN";
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    postCouponsByCouponIdIssue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                couponId: string | number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IssueRequest"];
            };
        };
        responses: {
            /** @description Accepted: ask at Location */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ALREADY_REQUESTED" | "ANSWER_NOT_KEPT" | "CHALLENGE_REQUIRED" | "CLOSED" | "COUPON_NOT_FOUND" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "NOT_OPEN" | "NOT_YOU" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAUSED" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "SOLD_OUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE" | "WAITING_REQUIRED";
                    };
                };
            };
        };
    };
    getCouponsIssueStatusByRequestId: {
        parameters: {
            query?: {
                /** @description The coupon that was asked for. */
                couponId?: string | number;
                /** @description Who asked: needed when a client chose the requestId, as Location shows. */
                userId?: string | number;
            };
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                requestId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssueStatus"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_ID_AMBIGUOUS" | "REQUEST_NOT_FOUND" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getCouponsByCouponId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                couponId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The coupon */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Coupon"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "COUPON_NOT_FOUND" | "EXPECTATION_FAILED" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    patchCouponsByCouponId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                couponId: string | number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TermsChange"];
            };
        };
        responses: {
            /** @description The coupon as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Coupon"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "COUPON_NOT_FOUND" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_ID_REUSED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    getCouponsByCouponIdIssueStatus: {
        parameters: {
            query: {
                /** @description An integer is read as a string. */
                userId: string | number;
            };
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                couponId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserIssueStatus"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_NOT_FOUND" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getUsersByUserIdCoupons: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before. */
                cursor?: string;
                /** @description How many at most; 20 when not said. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                userId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserCoupons"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "NOT_FOUND" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    postCoupons: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCoupon"];
            };
        };
        responses: {
            /** @description The coupon */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Coupon"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "COUPON_EXISTS" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    postCouponsByCouponIdPause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                couponId: string | number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Operation"];
            };
        };
        responses: {
            /** @description The coupon as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Coupon"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "COUPON_NOT_FOUND" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_ID_REUSED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    postCouponsByCouponIdResume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                couponId: string | number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Operation"];
            };
        };
        responses: {
            /** @description The coupon as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Coupon"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "COUPON_NOT_FOUND" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_ID_REUSED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    postCouponsByCouponIdQuantity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                couponId: string | number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuantityChange"];
            };
        };
        responses: {
            /** @description The coupon as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Coupon"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "COUPON_NOT_FOUND" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "QUANTITY_BELOW_ISSUED" | "RATE_LIMITED" | "REQUEST_ID_REUSED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    postWaitingToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Joining"];
            };
        };
        responses: {
            /** @description The place */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Place"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "CHALLENGE_REQUIRED" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "NOT_YOU" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "SCHEDULE_NOT_FOUND" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    getWaitingTokenByTokenId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                tokenId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitingToken"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "TOKEN_NOT_FOUND" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    deleteWaitingTokenByTokenId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                tokenId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Given up */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "TOKEN_NOT_FOUND" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getSchedulesByScheduleId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                scheduleId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The schedule */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "SCHEDULE_NOT_FOUND" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    putSchedulesByScheduleId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                scheduleId: string | number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleTerms"];
            };
        };
        responses: {
            /** @description The schedule as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    getWellKnownJwksJson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A JSON Web Key Set (RFC 7517) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JwkSet"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getWellKnownDoorbusterSeals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All keys that ever signed, and the next one */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishedSeals"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    postEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEvent"];
            };
        };
        responses: {
            /** @description The event */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EVENT_EXISTS" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    getEventsByEventId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                eventId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EVENT_NOT_FOUND" | "EXPECTATION_FAILED" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    patchEventsByEventId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                eventId: string | number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOpening"];
            };
        };
        responses: {
            /** @description The event as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EVENT_NOT_FOUND" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_EVENT_STATE" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    postEventsByEventIdClose: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                eventId: string | number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EventEnding"];
            };
        };
        responses: {
            /** @description The event as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EVENT_NOT_FOUND" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_EVENT_STATE" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    postEventsByEventIdCancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                eventId: string | number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EventEnding"];
            };
        };
        responses: {
            /** @description The event as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EVENT_NOT_FOUND" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_EVENT_STATE" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    postProducts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewProduct"];
            };
        };
        responses: {
            /** @description The product */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "PRODUCT_EXISTS" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    getProductsByProductId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                productId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The product */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OVERLOADED" | "PRODUCT_NOT_FOUND" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    patchProductsByProductId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                productId: string | number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ProductTermsChange"];
            };
        };
        responses: {
            /** @description The product as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "PRODUCT_NOT_FOUND" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNPROCESSABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    postProductsByProductIdStock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                productId: string | number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDelivery"];
            };
        };
        responses: {
            /** @description What there is of it then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shelf"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "PRODUCT_NOT_FOUND" | "RATE_LIMITED" | "REQUEST_ID_REUSED" | "REQUEST_TIMEOUT" | "STOCK_LIMIT_REACHED" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNPROCESSABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    getProductsByProductIdStockAudit: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before. */
                cursor?: string;
                /** @description How many at most; 20 when not said. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                productId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockAudit"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OVERLOADED" | "PRODUCT_NOT_FOUND" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    postUsersByUserIdPointsCharge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                userId: string | number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PointsCharge"];
            };
        };
        responses: {
            /** @description What the user has then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Points"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "POINTS_LIMIT_REACHED" | "RATE_LIMITED" | "REQUEST_ID_REUSED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    getUsersByUserIdPoints: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                userId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the user has then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Points"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "NOT_FOUND" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    postOrders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOrder"];
            };
        };
        responses: {
            /** @description It stands, and waits for payment; one of total 0 is paid */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedOrder"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "CHALLENGE_REQUIRED" | "COUPON_NOT_USABLE" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INSUFFICIENT_POINTS" | "INSUFFICIENT_STOCK" | "INTERNAL" | "INVALID_ORDER_STATE" | "INVALID_REQUEST" | "LOCAL_ONLY" | "NOT_YOU" | "ORDER_EXISTS" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "POINTS_EXCEED_TOTAL" | "PRODUCT_NOT_FOUND" | "PURCHASE_LIMIT" | "RATE_LIMITED" | "REQUEST_ID_REUSED" | "REQUEST_TIMEOUT" | "SALE_NOT_OPEN" | "SOLD_OUT" | "TOTAL_TOO_LARGE" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNPROCESSABLE" | "UNSUPPORTED_MEDIA_TYPE" | "WAITING_REQUIRED";
                    };
                };
            };
        };
    };
    getOrdersByOrderId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                orderId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "ORDER_NOT_FOUND" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getUsersByUserIdOrders: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before. */
                cursor?: string;
                /** @description How many at most; 20 when not said. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                userId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Orders"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "NOT_FOUND" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    postOrdersByOrderIdCancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                orderId: string | number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OrderOperation"];
            };
        };
        responses: {
            /** @description The order as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderStepped"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_ORDER_STATE" | "INVALID_REQUEST" | "LOCAL_ONLY" | "ORDER_NOT_FOUND" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    postOrdersByOrderIdShip: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                orderId: string | number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OrderOperation"];
            };
        };
        responses: {
            /** @description The order as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderStepped"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_ORDER_STATE" | "INVALID_REQUEST" | "LOCAL_ONLY" | "ORDER_NOT_FOUND" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    postOrdersByOrderIdDeliver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                orderId: string | number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OrderOperation"];
            };
        };
        responses: {
            /** @description The order as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderStepped"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_ORDER_STATE" | "INVALID_REQUEST" | "LOCAL_ONLY" | "ORDER_NOT_FOUND" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    postPaymentsPrepare: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentRequest"];
            };
        };
        responses: {
            /** @description It can be approved */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreparedPayment"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "AMOUNT_MISMATCH" | "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "NOT_ORDERER" | "NOT_PAYABLE" | "NOT_YOU" | "ORDER_NOT_FOUND" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    postPaymentsWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentWebhook"];
            };
        };
        responses: {
            /** @description Heard; how the payment stands is told to those it concerns */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeardOfPayment"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    postPaymentsByPaymentIdApprove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                paymentId: string | number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Approval"];
            };
        };
        responses: {
            /** @description Paid; or, where the order was over by then, on its way back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description The gateway has not answered yet; it is asked until it does */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "GATEWAY_PAYMENT_USED" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "NOT_PAYABLE" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "PAYMENT_DECLINED" | "PAYMENT_NOT_FOUND" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    postPayments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentAtOnce"];
            };
        };
        responses: {
            /** @description Paid; or, where the order was over by then, on its way back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description The gateway has not answered yet; it is asked until it does */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "AMOUNT_MISMATCH" | "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "GATEWAY_PAYMENT_USED" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "NOT_ORDERER" | "NOT_PAYABLE" | "NOT_YOU" | "ORDER_NOT_FOUND" | "OUTCOME_UNKNOWN" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "PAYMENT_DECLINED" | "PAYMENT_NOT_FOUND" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    getPaymentsByPaymentId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                paymentId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The payment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OVERLOADED" | "PAYMENT_NOT_FOUND" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    postSseTickets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StreamTicketRequest"];
            };
        };
        responses: {
            /** @description The ticket */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StreamTicket"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "NOT_YOU" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    getSseSubscribeByUserId: {
        parameters: {
            query?: {
                /** @description The same, for who cannot send the header. */
                lastEventId?: string;
            };
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                userId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `connected` first, then `coupon-issued`, `coupon-rejected`, `coupon-rejection-withdrawn`, `token-activated`, `token-expired`, `order-completed`, `order-cancelled`, `order-expired`, `order-failed`, `payment-completed`, `payment-refunded`, `event-open` and `event-cancelled`; `resync` when what was missed is no longer kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "NOT_FOUND" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getRoot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "NOT_FOUND" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT";
                    };
                };
            };
        };
    };
    getDemoByFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "NOT_FOUND" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT";
                    };
                };
            };
        };
    };
    getHealthLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Live"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "REQUEST_TIMEOUT";
                    };
                };
            };
        };
    };
    getHealthReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready, though an engine may be degraded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "NOT_READY" | "REQUEST_TIMEOUT";
                    };
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In its text format */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                    "application/openmetrics-text": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getAdminProjections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Their states */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Projections"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getAdminProjectionsByName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Projection"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "PROJECTION_NOT_FOUND" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    postAdminProjectionsByNameRebuild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Rebuild"];
            };
        };
        responses: {
            /** @description The new build is live */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rebuilt"];
                    "application/x-ndjson": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "PAYLOAD_TOO_LARGE" | "PROJECTION_BUSY" | "PROJECTION_NOT_FOUND" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    getAdminProjectionsByNameVerify: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The verdict */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectionVerified"];
                    "application/x-ndjson": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "PROJECTION_BUSY" | "PROJECTION_NOT_FOUND" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getAdminDeadLetters: {
        parameters: {
            query?: {
                topic?: "coupon-issue-requests" | "waiting-token" | "stock-requests";
                /** @description nextCursor of the page before. */
                cursor?: string;
                /** @description How many at most; 20 when not said. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetters"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getAdminDeadLettersById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dead letter */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetter"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "DEAD_LETTER_NOT_FOUND" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    postAdminDeadLettersReplay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayTopic"];
            };
        };
        responses: {
            /** @description What was put back, or would be */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                    "application/x-ndjson": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    postAdminDeadLettersByIdReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Replay"];
            };
        };
        responses: {
            /** @description The message was published again, or would be */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ALREADY_DISCARDED" | "ALREADY_REPLAYED" | "ANSWER_NOT_KEPT" | "DEAD_LETTER_NOT_FOUND" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "NOT_REPLAYABLE" | "ORIGINAL_GONE" | "OUTCOME_UNKNOWN" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    postAdminDeadLettersByIdDiscard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Discard"];
            };
        };
        responses: {
            /** @description It is given up */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ALREADY_DISCARDED" | "ALREADY_REPLAYED" | "ANSWER_NOT_KEPT" | "DEAD_LETTER_NOT_FOUND" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "NOT_REPLAYABLE" | "ORIGINAL_GONE" | "OUTCOME_UNKNOWN" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    getAdminCouponsByCouponIdVerify: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                couponId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description PASS, or FAIL with the reasons */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                    "application/x-ndjson": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "COUPON_NOT_FOUND" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getAdminSchedulesByScheduleIdVerify: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                scheduleId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description PASS, or FAIL with the reasons */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                    "application/x-ndjson": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "SCHEDULE_NOT_FOUND" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getAdminHistoryVerify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description PASS, or FAIL with the reasons */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryReport"];
                    "application/x-ndjson": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    postAdminReconcile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Reconcile"];
            };
        };
        responses: {
            /** @description What does not agree */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reconciled"];
                    "application/x-ndjson": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    getAdminOrdersByOrderIdVerify: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                orderId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description PASS, or FAIL with the reasons */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                    "application/x-ndjson": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "ORDER_NOT_FOUND" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getAdminProductsByProductIdVerify: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                productId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description PASS, or FAIL with the reasons */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                    "application/x-ndjson": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "PRODUCT_NOT_FOUND" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getAdminEventsByEventIdOrders: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before. */
                cursor?: string;
                /** @description How many at most; 20 when not said. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                eventId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Orders"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EVENT_NOT_FOUND" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getAdminSagas: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before. */
                cursor?: string;
                /** @description How many at most; 20 when not said. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParkedSagas"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    postAdminSagasByOrderIdReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                orderId: string | number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReplaySaga"];
            };
        };
        responses: {
            /** @description It goes on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_ORDER_STATE" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "SAGA_NOT_FOUND" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    postAdminSagasByOrderIdCompensate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                orderId: string | number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReplaySaga"];
            };
        };
        responses: {
            /** @description It goes on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_ORDER_STATE" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "SAGA_NOT_FOUND" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    getAdminParkedStreams: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParkedStreams"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    postAdminParkedStreamsRelease: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReleaseStream"];
            };
        };
        responses: {
            /** @description It is read again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "PAYLOAD_TOO_LARGE" | "PROJECTION_BUSY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "STREAM_NOT_PARKED" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    getAdminWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhooks"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    postAdminWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWebhook"];
            };
        };
        responses: {
            /** @description How it stands now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "KEYS_SECRET_MISSING" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "TOO_MANY_WEBHOOKS" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE" | "WEBHOOK_NOT_FOUND";
                    };
                };
            };
        };
    };
    getAdminWebhooksByEndpointId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                endpointId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How it stands now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "WEBHOOK_NOT_FOUND";
                    };
                };
            };
        };
    };
    deleteAdminWebhooksByEndpointId: {
        parameters: {
            query?: {
                actor?: string;
                reason?: string;
            };
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                endpointId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookRemoved"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "WEBHOOK_NOT_FOUND";
                    };
                };
            };
        };
    };
    patchAdminWebhooksByEndpointId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                endpointId: string | number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ChangeWebhook"];
            };
        };
        responses: {
            /** @description How it stands now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE" | "WEBHOOK_NOT_FOUND";
                    };
                };
            };
        };
    };
    getAdminWebhooksByEndpointIdSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                endpointId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecret"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "KEYS_SECRET_MISSING" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "WEBHOOK_NOT_FOUND";
                    };
                };
            };
        };
    };
    postAdminWebhooksByEndpointIdRotateSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                endpointId: string | number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateWebhookSecret"];
            };
        };
        responses: {
            /** @description How it stands now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE" | "WEBHOOK_NOT_FOUND";
                    };
                };
            };
        };
    };
    postAdminWebhooksByEndpointIdTest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                endpointId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether it was taken */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookTested"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "KEYS_SECRET_MISSING" | "LOCAL_ONLY" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE" | "WEBHOOK_NOT_FOUND";
                    };
                };
            };
        };
    };
    postAdminWebhooksByEndpointIdReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                endpointId: string | number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayWebhook"];
            };
        };
        responses: {
            /** @description How it stands now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE" | "WEBHOOK_NOT_FOUND";
                    };
                };
            };
        };
    };
    getAdminWebhooksByEndpointIdDeadLetters: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before. */
                cursor?: string;
                /** @description How many at most; 20 when not said. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                endpointId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, the latest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeadLetters"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "WEBHOOK_NOT_FOUND";
                    };
                };
            };
        };
    };
    postAdminWebhooksByEndpointIdDeadLettersRetry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                endpointId: string | number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RetryWebhookDeadLetters"];
            };
        };
        responses: {
            /** @description How many are tried again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeadLettersRetried"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OUTCOME_UNKNOWN" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE" | "WEBHOOK_NOT_FOUND";
                    };
                };
            };
        };
    };
    getAdminUsersByUserIdTimeline: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before. */
                cursor?: string;
                /** @description How many at most; 20 when not said. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                userId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getAdminUsersByUserIdExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                userId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportedUser"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "USER_NOT_FOUND";
                    };
                };
            };
        };
    };
    deleteAdminUsersByUserIdPersonalData: {
        parameters: {
            query?: {
                /** @description A ticket, not a person: it is kept. */
                reason?: string;
                actor?: string;
            };
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                userId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is erased, also when it was before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasedUser"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "USER_NOT_FOUND";
                    };
                };
            };
        };
    };
    getAdminAudit: {
        parameters: {
            query?: {
                subject?: string;
                route?: string;
                from?: string & (unknown & unknown);
                /** @description nextCursor of the page before. */
                cursor?: string;
                /** @description How many at most; 20 when not said. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acts"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getAdminPeopleById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                id: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All whose it may be */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["People"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    postAdminOrdersByOrderIdCancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                orderId: string | number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OrderOperation"];
            };
        };
        responses: {
            /** @description The order as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderStepped"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "ANSWER_NOT_KEPT" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "IDEMPOTENCY_KEY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL" | "INVALID_ORDER_STATE" | "INVALID_REQUEST" | "LOCAL_ONLY" | "ORDER_NOT_FOUND" | "OUTCOME_UNKNOWN" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE" | "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
    };
    getAdminExportsIssuedCoupons: {
        parameters: {
            query?: {
                format?: "csv" | "ndjson";
                /** @description An integer is read as a string. */
                couponId?: string | number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it, written as it is read. Cut off where it could not be read to its end. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "COUPON_NOT_FOUND" | "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getAdminExportsOrders: {
        parameters: {
            query?: {
                format?: "csv" | "ndjson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it, written as it is read. Cut off where it could not be read to its end. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getAdminExportsAudit: {
        parameters: {
            query?: {
                format?: "csv" | "ndjson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it, written as it is read. Cut off where it could not be read to its end. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getAdminExportsStockByProductId: {
        parameters: {
            query?: {
                format?: "csv" | "ndjson";
            };
            header?: never;
            path: {
                /** @description An integer is read as a string. */
                productId: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it, written as it is read. Cut off where it could not be read to its end. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "PRODUCT_NOT_FOUND" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getAdminStream: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `you` says who is listening; `snapshot` has the whole `board` and the rates of the last two minutes as `points`; every `delta` is a JSON merge patch (RFC 7396) of the board. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "FORBIDDEN" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "UNAUTHENTICATED" | "UNAVAILABLE";
                    };
                };
            };
        };
    };
    getConsole: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "NOT_FOUND" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT";
                    };
                };
            };
        };
    };
    getConsoleAssetsByFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "NOT_FOUND" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT";
                    };
                };
            };
        };
    };
    getOpenapiJson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT";
                    };
                };
            };
        };
    };
    getAsyncapiJson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        asyncapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT";
                    };
                };
            };
        };
    };
    getDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT";
                    };
                };
            };
        };
    };
    getDocsByFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: "page.css" | "page.js" | "scalar.js";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code: "EXPECTATION_FAILED" | "HEADERS_TOO_LARGE" | "INTERNAL" | "INVALID_REQUEST" | "LOCAL_ONLY" | "NOT_FOUND" | "OVERLOADED" | "RATE_LIMITED" | "REQUEST_TIMEOUT";
                    };
                };
            };
        };
    };
}
