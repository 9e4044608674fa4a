/**
 * Headers of a request to a partner that no client has a say in: those that speak of one connection or
 * of one body, and those that are ours to say (who asks, the trace, the secret between a router and us).
 */
export const ownHeaders: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'traceparent',
  'tracestate',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-brand-id',
  'x-caller',
  'x-customer-id',
  'x-router-secret',
]);
