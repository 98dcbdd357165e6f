// Made from the OpenAPI document of Patchbay; do not edit. README.md says how.

export interface paths {
    "/api/v1/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List connections
         * @description The connections that the key reaches, from the oldest on, page by page. Pages stay right while connections come and go: none is told twice, and none that stays is left out.
         *
         *     Needs the scope `connections:read`.
         */
        get: operations["listConnections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a connection
         * @description Who a connection acts for, how it stands and what Patchbay does next. Never its tokens.
         *
         *     Needs the scope `connections:read`.
         */
        get: operations["getConnection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/rate-limit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the rate limit
         * @description How much of the provider’s rate limit is used, as far as it is known. Reading it spends none of it.
         *
         *     Needs the scope `connections:read`.
         */
        get: operations["readRateLimit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a fresh access token
         * @description A live access token. One that ends too soon is renewed first, once for all who ask at the same time: such an answer takes as long as the provider does, 50 seconds at most.
         *
         *     Needs the scope `tokens:read`.
         */
        get: operations["readToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Renew the token
         * @description Replaces the token pair now, whatever its age: after a 401 of the provider, say. Reading a token renews by itself what ends soon; this is not needed for that. Callers at the same time share one renewal. Outreach gives one token a minute for each user and app.
         *
         *     Needs the scope `tokens:refresh`.
         */
        post: operations["refreshToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/proxy/{id}/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Call the provider
         * @description Passes the request on to the provider with the connection’s token, and its answer back, both as they come. The path is
         *     the one that stands in the provider’s documents (`api/v2/prospects`). `Patchbay-Answer` tells whose answer it is.
         *
         *     A 401 of the provider renews the token and, where the request had no body or a small one, makes the call once more.
         *     Patchbay keeps to the rate limit: it answers 429 itself before the provider does, or waits as long as
         *     `Prefer: wait=10` allows, 30 seconds at most.
         *
         *     Needs the scope `proxy`.
         */
        get: operations["proxyGet"];
        /**
         * Call the provider
         * @description Passes the request on to the provider with the connection’s token, and its answer back, both as they come. The path is
         *     the one that stands in the provider’s documents (`api/v2/prospects`). `Patchbay-Answer` tells whose answer it is.
         *
         *     A 401 of the provider renews the token and, where the request had no body or a small one, makes the call once more.
         *     Patchbay keeps to the rate limit: it answers 429 itself before the provider does, or waits as long as
         *     `Prefer: wait=10` allows, 30 seconds at most.
         *
         *     Needs the scope `proxy`.
         */
        put: operations["proxyPut"];
        /**
         * Call the provider
         * @description Passes the request on to the provider with the connection’s token, and its answer back, both as they come. The path is
         *     the one that stands in the provider’s documents (`api/v2/prospects`). `Patchbay-Answer` tells whose answer it is.
         *
         *     A 401 of the provider renews the token and, where the request had no body or a small one, makes the call once more.
         *     Patchbay keeps to the rate limit: it answers 429 itself before the provider does, or waits as long as
         *     `Prefer: wait=10` allows, 30 seconds at most.
         *
         *     Needs the scope `proxy`.
         */
        post: operations["proxyPost"];
        /**
         * Call the provider
         * @description Passes the request on to the provider with the connection’s token, and its answer back, both as they come. The path is
         *     the one that stands in the provider’s documents (`api/v2/prospects`). `Patchbay-Answer` tells whose answer it is.
         *
         *     A 401 of the provider renews the token and, where the request had no body or a small one, makes the call once more.
         *     Patchbay keeps to the rate limit: it answers 429 itself before the provider does, or waits as long as
         *     `Prefer: wait=10` allows, 30 seconds at most.
         *
         *     Needs the scope `proxy`.
         */
        delete: operations["proxyDelete"];
        /**
         * Call the provider
         * @description Passes the request on to the provider with the connection’s token, and its answer back, both as they come. The path is
         *     the one that stands in the provider’s documents (`api/v2/prospects`). `Patchbay-Answer` tells whose answer it is.
         *
         *     A 401 of the provider renews the token and, where the request had no body or a small one, makes the call once more.
         *     Patchbay keeps to the rate limit: it answers 429 itself before the provider does, or waits as long as
         *     `Prefer: wait=10` allows, 30 seconds at most.
         *
         *     Needs the scope `proxy`.
         */
        options: operations["proxyOptions"];
        /**
         * Call the provider
         * @description Passes the request on to the provider with the connection’s token, and its answer back, both as they come. The path is
         *     the one that stands in the provider’s documents (`api/v2/prospects`). `Patchbay-Answer` tells whose answer it is.
         *
         *     A 401 of the provider renews the token and, where the request had no body or a small one, makes the call once more.
         *     Patchbay keeps to the rate limit: it answers 429 itself before the provider does, or waits as long as
         *     `Prefer: wait=10` allows, 30 seconds at most.
         *
         *     Needs the scope `proxy`.
         */
        head: operations["proxyHead"];
        /**
         * Call the provider
         * @description Passes the request on to the provider with the connection’s token, and its answer back, both as they come. The path is
         *     the one that stands in the provider’s documents (`api/v2/prospects`). `Patchbay-Answer` tells whose answer it is.
         *
         *     A 401 of the provider renews the token and, where the request had no body or a small one, makes the call once more.
         *     Patchbay keeps to the rate limit: it answers 429 itself before the provider does, or waits as long as
         *     `Prefer: wait=10` allows, 30 seconds at most.
         *
         *     Needs the scope `proxy`.
         */
        patch: operations["proxyPatch"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        RefreshRequest: {
            /** @description Renews only if this is still the stored pair: of several who were refused with the same token, one renews it. */
            generation?: number;
        };
        ConnectionPage: {
            connections: components["schemas"]["Connection"][];
            /** @description For the next page; `null` on the last one. */
            next_cursor: string | null;
        };
        Connection: {
            /**
             * @description Sorts by age; it never changes.
             * @example con_01k9zq3v8e7m2n4p6r8t0w2y4a
             */
            id: string;
            /** @enum {string} */
            provider: "outreach" | "envoy" | "outstand";
            /**
             * @description Of the provider app.
             * @enum {string}
             */
            environment: "sandbox" | "development" | "production";
            /** @description Whether it belongs to Patchbay’s local sandbox. */
            sandbox: boolean;
            /**
             * @description How its tokens are obtained.
             * @enum {string}
             */
            grant: "oauth_code" | "s2s" | "plugin_install" | "client_credentials";
            /** @description Entered by an admin. */
            label: string | null;
            /** @description Who the tokens act for. */
            account: {
                /** @description As the provider names it. */
                id: string | null;
                name: string;
                email: string | null;
            };
            org: {
                id: string | null;
                name: string | null;
            };
            status: {
                /** @enum {string} */
                code: "pending" | "healthy" | "retrying" | "uncertain" | "needs_reconnect" | "app_misconfigured" | "suspended" | "disconnected";
                /** Format: date-time */
                since: string;
                /** @description The provider’s own words on the newest failure, redacted. */
                reason: string | null;
                /** @description What Patchbay does next by itself. */
                next_step: string | null;
                next_step_at: string | null;
            };
            scopes: {
                /** @description `null`: the provider has not told. */
                granted: string[] | null;
                requested: string[];
            };
            /**
             * Format: uri
             * @description Base of the provider’s API for this account.
             */
            api_url: string;
            /** @description Grows with each new pair of tokens. */
            generation: number;
            access_expires_at: string | null;
            /** @description Until when a person must have connected again, unless Patchbay renews before; `null`: no such end is known. */
            reconnect_by: string | null;
            /** Format: date-time */
            created_at: string;
            last_success_at: string | null;
            /** @description When a program last asked for its token, to the minute. */
            last_used_at: string | null;
        };
        /** @description What went wrong (RFC 9457). */
        Problem: {
            /** @example urn:patchbay:problem:needs_reconnect */
            type: string;
            /** @description The same for every problem of this code. */
            title: string;
            status: number;
            /** @description What happened here, in words for a person. */
            detail: string;
            /** @description Names this one answer; the log has it too. */
            instance: string;
            /**
             * @description Stable: programs decide by it.
             * @example needs_reconnect
             * @enum {string}
             */
            code: "path_unknown" | "method_not_allowed" | "media_type_unsupported" | "invalid_input" | "body_invalid" | "body_too_large" | "key_invalid" | "scope_missing" | "path_not_allowed" | "not_found" | "conflict" | "connection_pending" | "connection_ended" | "connection_suspended" | "connection_uncertain" | "needs_reconnect" | "app_misconfigured" | "provider_app_incomplete" | "rotations_held" | "rate_limited" | "too_many_requests" | "mint_throttled" | "provider_refused" | "provider_answer_invalid" | "provider_call_failed" | "provider_timeout" | "provider_unreachable" | "rotation_timeout" | "database_unreachable" | "internal_error" | "secret_unreadable";
            /**
             * Format: date-time
             * @description The same instant as `Retry-After`.
             */
            retry_at?: string;
            /** @description The scope that the key lacks. */
            scope?: string;
            /** @description Why the key is not valid. */
            reason?: string;
            /** @description The parameter, header or member that is not right. */
            field?: string;
            /** @description The limit that is reached. */
            limit?: number;
        };
        RateLimit: {
            /** @description Calls of one window; `null`: the provider publishes none, or has not told yet. */
            limit: number | null;
            used: number | null;
            remaining: number | null;
            /** @description `null`: no window is open. */
            resets_at: string | null;
            /** @example 3600 */
            window_s: number;
            /**
             * @description `headers`: the provider’s own figures; `own_count`: calls through Patchbay; `not_published`: the same, and the provider names no limit; `not_entered`: the same, and the limit that was agreed is not entered at the app.
             * @enum {string}
             */
            source: "headers" | "own_count" | "not_published" | "not_entered";
            as_of: string | null;
            /** @description Older than one window: the figures may no longer hold. */
            stale: boolean;
            /** @description The provider asked for silence until then. */
            blocked_until: string | null;
            last_429_at: string | null;
            /** @description Other connections of the same user spend from it too. */
            shared: boolean;
        };
        Token: {
            /**
             * @description Keep it in memory, and no longer than it lives.
             * @example eyJraWQi…
             */
            access_token: string;
            /** @constant */
            token_type: "Bearer";
            /** @description `null`: the provider has not told. */
            expires_at: string | null;
            /**
             * @description Whole seconds from now, never too many.
             * @example 5321
             */
            expires_in: number | null;
            /**
             * @description Grows with each new pair; for `POST …/refresh`.
             * @example 12
             */
            generation: number;
            /**
             * Format: uri
             * @description Where this account’s API is.
             * @example https://api.outreach.io
             */
            api_base_url: string;
        };
        Refreshed: {
            connection_id: string;
            /** @description Whether the pair that was meant has been replaced, now or before. */
            renewed: boolean;
            /** @description Of the pair that is stored now. */
            generation: number;
            access_expires_at: string | null;
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
    listConnections: {
        parameters: {
            query?: {
                /** @description Of this provider only. */
                provider?: "outreach" | "envoy" | "outstand";
                /** @description Of this status only. */
                status?: "pending" | "healthy" | "retrying" | "uncertain" | "needs_reconnect" | "app_misconfigured" | "suspended" | "disconnected";
                /** @description Of provider apps of this environment only. */
                environment?: "sandbox" | "development" | "production";
                /** @description Words, of which the first six count; each must occur in a name (the app’s too), an e-mail address, an org or an id. */
                q?: string;
                /** @description `next_cursor` of the page before, with the same filters. */
                cursor?: string;
                /** @description Connections of one page at most. */
                limit?: number;
            };
            header?: {
                /** @description An `ETag` of an earlier answer: unchanged, the answer is 304 without a body. */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Send it back as `If-None-Match`. */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionPage"];
                };
            };
            /** @description Unchanged. */
            304: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_input`: Not a valid request. */
            400: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `key_invalid`: No valid API key. */
            401: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope_missing`: The key lacks a scope. */
            403: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: An error in Patchbay. */
            500: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unreachable`: The database does not answer. */
            503: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description An `ETag` of an earlier answer: unchanged, the answer is 304 without a body. */
                "if-none-match"?: string;
            };
            path: {
                /** @description Id of the connection. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The connection. */
            200: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Send it back as `If-None-Match`. */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description Unchanged. */
            304: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_input`: Not a valid request. */
            400: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `key_invalid`: No valid API key. */
            401: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope_missing`: The key lacks a scope. */
            403: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: An error in Patchbay. */
            500: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unreachable`: The database does not answer. */
            503: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readRateLimit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the connection. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The window of the bucket that this connection spends from. */
            200: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RateLimit"];
                };
            };
            /** @description `invalid_input`: Not a valid request. */
            400: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `key_invalid`: No valid API key. */
            401: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope_missing`: The key lacks a scope. */
            403: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: An error in Patchbay. */
            500: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unreachable`: The database does not answer. */
            503: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readToken: {
        parameters: {
            query?: {
                /** @description Seconds that the token has to live at least; it is renewed first where it has fewer. More than half a token’s life is taken as half. */
                min_ttl_s?: number;
            };
            header?: {
                /** @description An `ETag` of an earlier answer: unchanged, the answer is 304 without a body. */
                "if-none-match"?: string;
            };
            path: {
                /** @description Id of the connection. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The token. */
            200: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Send it back as `If-None-Match`. */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            /** @description The token you have is still the one to use, and lives long enough. */
            304: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_input`: Not a valid request. */
            400: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `key_invalid`: No valid API key. */
            401: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope_missing`: The key lacks a scope. */
            403: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `connection_pending`: The connection waits to be accepted. `connection_ended`: The connection has ended. `connection_suspended`: The provider has suspended the account. `connection_uncertain`: Whether the grant still lives is not known. `needs_reconnect`: The account has to be connected again. `app_misconfigured`: The provider refuses the app’s credentials. `provider_app_incomplete`: The provider app is not complete. `rotations_held`: This database is a copy and renews nothing. */
            409: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. `mint_throttled`: The provider gives the next token later. */
            429: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: An error in Patchbay. `secret_unreadable`: A stored secret cannot be opened. */
            500: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `provider_refused`: The provider refused. `provider_answer_invalid`: The provider’s answer could not be read. */
            502: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unreachable`: The database does not answer. `provider_unreachable`: The provider does not answer. `rotation_timeout`: The token is still being renewed. */
            503: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refreshToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, new for each wish. Repeated within a day it renews nothing anew and answers the present state. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the connection. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefreshRequest"];
            };
        };
        responses: {
            /** @description The pair that is stored now. */
            200: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refreshed"];
                };
            };
            /** @description `invalid_input`: Not a valid request. `body_invalid`: Not a valid body. */
            400: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `key_invalid`: No valid API key. */
            401: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope_missing`: The key lacks a scope. */
            403: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `connection_pending`: The connection waits to be accepted. `connection_ended`: The connection has ended. `connection_suspended`: The provider has suspended the account. `connection_uncertain`: Whether the grant still lives is not known. `needs_reconnect`: The account has to be connected again. `app_misconfigured`: The provider refuses the app’s credentials. `provider_app_incomplete`: The provider app is not complete. `rotations_held`: This database is a copy and renews nothing. `conflict`: In conflict with another request. */
            409: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: Body too large. */
            413: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media_type_unsupported`: Media type not supported. */
            415: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. `mint_throttled`: The provider gives the next token later. */
            429: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: An error in Patchbay. `secret_unreadable`: A stored secret cannot be opened. */
            500: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `provider_refused`: The provider refused. `provider_answer_invalid`: The provider’s answer could not be read. */
            502: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unreachable`: The database does not answer. `provider_unreachable`: The provider does not answer. `rotation_timeout`: The token is still being renewed. */
            503: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proxyGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The connection. */
                id: string;
                /** @description Path at the provider. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The provider’s answer: its status, headers and body. */
            200: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_input`: Not a valid request. `body_invalid`: Not a valid body. */
            400: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `key_invalid`: No valid API key. */
            401: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope_missing`: The key lacks a scope. `path_not_allowed`: This path is not proxied. */
            403: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `connection_pending`: The connection waits to be accepted. `connection_ended`: The connection has ended. `connection_suspended`: The provider has suspended the account. `connection_uncertain`: Whether the grant still lives is not known. `needs_reconnect`: The account has to be connected again. `app_misconfigured`: The provider refuses the app’s credentials. `provider_app_incomplete`: The provider app is not complete. `rotations_held`: This database is a copy and renews nothing. */
            409: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. `mint_throttled`: The provider gives the next token later. `rate_limited`: The provider’s rate limit is reached. */
            429: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: An error in Patchbay. `secret_unreadable`: A stored secret cannot be opened. */
            500: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `provider_refused`: The provider refused. `provider_answer_invalid`: The provider’s answer could not be read. `provider_call_failed`: The call to the provider failed. */
            502: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unreachable`: The database does not answer. `provider_unreachable`: The provider does not answer. `rotation_timeout`: The token is still being renewed. */
            503: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `provider_timeout`: The provider took too long. */
            504: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proxyPut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The connection. */
                id: string;
                /** @description Path at the provider. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The provider’s answer: its status, headers and body. */
            200: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_input`: Not a valid request. `body_invalid`: Not a valid body. */
            400: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `key_invalid`: No valid API key. */
            401: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope_missing`: The key lacks a scope. `path_not_allowed`: This path is not proxied. */
            403: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `connection_pending`: The connection waits to be accepted. `connection_ended`: The connection has ended. `connection_suspended`: The provider has suspended the account. `connection_uncertain`: Whether the grant still lives is not known. `needs_reconnect`: The account has to be connected again. `app_misconfigured`: The provider refuses the app’s credentials. `provider_app_incomplete`: The provider app is not complete. `rotations_held`: This database is a copy and renews nothing. */
            409: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. `mint_throttled`: The provider gives the next token later. `rate_limited`: The provider’s rate limit is reached. */
            429: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: An error in Patchbay. `secret_unreadable`: A stored secret cannot be opened. */
            500: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `provider_refused`: The provider refused. `provider_answer_invalid`: The provider’s answer could not be read. `provider_call_failed`: The call to the provider failed. */
            502: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unreachable`: The database does not answer. `provider_unreachable`: The provider does not answer. `rotation_timeout`: The token is still being renewed. */
            503: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `provider_timeout`: The provider took too long. */
            504: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proxyPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The connection. */
                id: string;
                /** @description Path at the provider. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The provider’s answer: its status, headers and body. */
            200: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_input`: Not a valid request. `body_invalid`: Not a valid body. */
            400: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `key_invalid`: No valid API key. */
            401: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope_missing`: The key lacks a scope. `path_not_allowed`: This path is not proxied. */
            403: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `connection_pending`: The connection waits to be accepted. `connection_ended`: The connection has ended. `connection_suspended`: The provider has suspended the account. `connection_uncertain`: Whether the grant still lives is not known. `needs_reconnect`: The account has to be connected again. `app_misconfigured`: The provider refuses the app’s credentials. `provider_app_incomplete`: The provider app is not complete. `rotations_held`: This database is a copy and renews nothing. */
            409: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. `mint_throttled`: The provider gives the next token later. `rate_limited`: The provider’s rate limit is reached. */
            429: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: An error in Patchbay. `secret_unreadable`: A stored secret cannot be opened. */
            500: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `provider_refused`: The provider refused. `provider_answer_invalid`: The provider’s answer could not be read. `provider_call_failed`: The call to the provider failed. */
            502: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unreachable`: The database does not answer. `provider_unreachable`: The provider does not answer. `rotation_timeout`: The token is still being renewed. */
            503: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `provider_timeout`: The provider took too long. */
            504: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proxyDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The connection. */
                id: string;
                /** @description Path at the provider. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The provider’s answer: its status, headers and body. */
            200: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_input`: Not a valid request. `body_invalid`: Not a valid body. */
            400: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `key_invalid`: No valid API key. */
            401: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope_missing`: The key lacks a scope. `path_not_allowed`: This path is not proxied. */
            403: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `connection_pending`: The connection waits to be accepted. `connection_ended`: The connection has ended. `connection_suspended`: The provider has suspended the account. `connection_uncertain`: Whether the grant still lives is not known. `needs_reconnect`: The account has to be connected again. `app_misconfigured`: The provider refuses the app’s credentials. `provider_app_incomplete`: The provider app is not complete. `rotations_held`: This database is a copy and renews nothing. */
            409: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. `mint_throttled`: The provider gives the next token later. `rate_limited`: The provider’s rate limit is reached. */
            429: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: An error in Patchbay. `secret_unreadable`: A stored secret cannot be opened. */
            500: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `provider_refused`: The provider refused. `provider_answer_invalid`: The provider’s answer could not be read. `provider_call_failed`: The call to the provider failed. */
            502: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unreachable`: The database does not answer. `provider_unreachable`: The provider does not answer. `rotation_timeout`: The token is still being renewed. */
            503: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `provider_timeout`: The provider took too long. */
            504: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proxyOptions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The connection. */
                id: string;
                /** @description Path at the provider. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The provider’s answer: its status, headers and body. */
            200: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_input`: Not a valid request. `body_invalid`: Not a valid body. */
            400: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `key_invalid`: No valid API key. */
            401: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope_missing`: The key lacks a scope. `path_not_allowed`: This path is not proxied. */
            403: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `connection_pending`: The connection waits to be accepted. `connection_ended`: The connection has ended. `connection_suspended`: The provider has suspended the account. `connection_uncertain`: Whether the grant still lives is not known. `needs_reconnect`: The account has to be connected again. `app_misconfigured`: The provider refuses the app’s credentials. `provider_app_incomplete`: The provider app is not complete. `rotations_held`: This database is a copy and renews nothing. */
            409: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. `mint_throttled`: The provider gives the next token later. `rate_limited`: The provider’s rate limit is reached. */
            429: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: An error in Patchbay. `secret_unreadable`: A stored secret cannot be opened. */
            500: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `provider_refused`: The provider refused. `provider_answer_invalid`: The provider’s answer could not be read. `provider_call_failed`: The call to the provider failed. */
            502: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unreachable`: The database does not answer. `provider_unreachable`: The provider does not answer. `rotation_timeout`: The token is still being renewed. */
            503: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `provider_timeout`: The provider took too long. */
            504: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proxyHead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The connection. */
                id: string;
                /** @description Path at the provider. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The provider’s answer: its status, headers and body. */
            200: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_input`: Not a valid request. `body_invalid`: Not a valid body. */
            400: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `key_invalid`: No valid API key. */
            401: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope_missing`: The key lacks a scope. `path_not_allowed`: This path is not proxied. */
            403: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `connection_pending`: The connection waits to be accepted. `connection_ended`: The connection has ended. `connection_suspended`: The provider has suspended the account. `connection_uncertain`: Whether the grant still lives is not known. `needs_reconnect`: The account has to be connected again. `app_misconfigured`: The provider refuses the app’s credentials. `provider_app_incomplete`: The provider app is not complete. `rotations_held`: This database is a copy and renews nothing. */
            409: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. `mint_throttled`: The provider gives the next token later. `rate_limited`: The provider’s rate limit is reached. */
            429: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: An error in Patchbay. `secret_unreadable`: A stored secret cannot be opened. */
            500: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `provider_refused`: The provider refused. `provider_answer_invalid`: The provider’s answer could not be read. `provider_call_failed`: The call to the provider failed. */
            502: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unreachable`: The database does not answer. `provider_unreachable`: The provider does not answer. `rotation_timeout`: The token is still being renewed. */
            503: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `provider_timeout`: The provider took too long. */
            504: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proxyPatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The connection. */
                id: string;
                /** @description Path at the provider. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The provider’s answer: its status, headers and body. */
            200: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_input`: Not a valid request. `body_invalid`: Not a valid body. */
            400: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `key_invalid`: No valid API key. */
            401: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scope_missing`: The key lacks a scope. `path_not_allowed`: This path is not proxied. */
            403: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `connection_pending`: The connection waits to be accepted. `connection_ended`: The connection has ended. `connection_suspended`: The provider has suspended the account. `connection_uncertain`: Whether the grant still lives is not known. `needs_reconnect`: The account has to be connected again. `app_misconfigured`: The provider refuses the app’s credentials. `provider_app_incomplete`: The provider app is not complete. `rotations_held`: This database is a copy and renews nothing. */
            409: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. `mint_throttled`: The provider gives the next token later. `rate_limited`: The provider’s rate limit is reached. */
            429: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: An error in Patchbay. `secret_unreadable`: A stored secret cannot be opened. */
            500: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `provider_refused`: The provider refused. `provider_answer_invalid`: The provider’s answer could not be read. `provider_call_failed`: The call to the provider failed. */
            502: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unreachable`: The database does not answer. `provider_unreachable`: The provider does not answer. `rotation_timeout`: The token is still being renewed. */
            503: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `provider_timeout`: The provider took too long. */
            504: {
                headers: {
                    /** @description Who answered: Patchbay itself, or the provider through it. */
                    "patchbay-answer": "gateway" | "provider";
                    /** @description Names this answer in Patchbay’s log. */
                    "patchbay-request-id": string;
                    /** @description Whole seconds to wait, where that helps. */
                    "retry-after"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
