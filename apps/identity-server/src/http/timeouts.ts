/** What a client may take, so that one that stalls holds nothing for long. Milliseconds. */
export const HTTP_TIMEOUTS = {
  /** For the whole of a request to arrive. */
  requestTimeout: 15_000,
  /** Without a byte either way. */
  connectionTimeout: 30_000,
  http: { headersTimeout: 10_000, connectionsCheckingInterval: 1_000, requireHostHeader: false },
} as const;
