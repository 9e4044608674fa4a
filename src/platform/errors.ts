/**
 * The one registry of error codes, in three families: what a mutation answers in `userErrors`
 * (the request ran, the business said no), what stops a request before or while it runs (4xx),
 * and what is our own fault (5xx, masked). GraphQL enums and docs/errors.md are made from it.
 */
export const userErrorCodes = {
  INSUFFICIENT_MU: 'The wallet holds less Mu than the command moves.',
  BUDGET_EXHAUSTED: "The brand's budget, or the message's reserve, cannot pay this.",
  BELOW_MINIMUM_BALANCE: 'The wallet is below the minimum balance the item asks for.',
  NOT_AVAILABLE: 'The item cannot be redeemed now: it is switched off, or outside its window.',
  OUT_OF_STOCK: 'None of the item is left; one comes back when a redemption is called off.',
  PER_CUSTOMER_LIMIT: 'The customer has redeemed the item as often as one customer may.',
  AMOUNT_NOT_POSITIVE: 'An amount of Mu must be at least 1.',
  AMOUNT_TOO_LARGE: 'The amount, or the balance it would lead to, is above the limit.',
  IDEMPOTENCY_KEY_REUSED: 'The idempotency key was used before with another input.',
  ALREADY_EXISTS: 'Something with this natural key exists already.',
  ALREADY_REVERSED: 'The transfer has been reversed before; a transfer is reversed once.',
  ALREADY_RESOLVED: 'It ends once and has ended before: a hold, a prediction, a request.',
  ALREADY_ANSWERED: 'The customer has answered before, and an answer is given once.',
  MAGNET_CLOSED: 'The magnet takes no answers now: not yet, or no longer.',
  REFUND_TOO_LARGE: 'More than what is left of the order after earlier refunds.',
  HOLD_EXPIRED: 'The hold expired before it was captured.',
  MESSAGE_EXPIRED: 'The message has expired and its reserve has gone back to the budget.',
  NOT_REVERSIBLE: 'A transfer of this kind cannot be reversed.',
  OCCURRED_AT_IN_FUTURE: 'The event claims a time further ahead than clocks may differ.',
  OCCURRED_AT_TOO_OLD: 'The event is older than the brand accepts.',
  INVALID_EMAIL: 'Not an e-mail address that can be stored in canonical form.',
  INVALID_PHONE: 'Not a phone number with a country code.',
  PLACEHOLDER_IDENTITY:
    'It stands for nobody: a placeholder, a template nobody filled in, or an address everybody types.',
  INVALID_TEXT: 'The text holds characters that cannot be stored, is empty, or is too long.',
  INVALID_VALUE: 'The value is outside what the field accepts.',
  ENDPOINT_INACTIVE: 'The webhook endpoint is paused, failed, gone or deleted.',
  NOT_FOUND: 'Nothing of that id or key is known to the caller.',
  WRONG_CODE: 'The code is not the one that was sent.',
  CONFIRMATION_CLOSED:
    'The confirmation has been used, has expired, or was tried too often; begin a new one.',
  IDENTITY_NOT_CONFIRMED:
    'None of the customer’s addresses and numbers is confirmed with the brand.',
  CLAIM_NOT_ANSWERED: 'Nothing waits in the claim yet: what its code asks for has not been done.',
  CLAIM_EXPIRED: 'The claim has expired and its Mu has gone back.',
  ALREADY_CLAIMED: 'The claim is somebody’s already, or the customer has had the Mu of its code.',
  SECOND_PERSON_NEEDED: 'Whoever asked for it cannot approve it; another API key must.',
  REQUEST_EXPIRED: 'Nobody decided in time; ask for it anew.',
  NOT_ACTIVATED: 'The customer has confirmed none of their identities with the brand.',
  COOLING_DOWN: 'The customer confirmed who they are too short a while ago for this.',
  DAILY_LIMIT_REACHED: 'It would be more than one may do in a day.',
  CUSTOMER_OPTED_OUT: 'The customer has opted out of Mu: the wallet takes none and gives none.',
  ALREADY_MERGED: 'Both are the same customer already.',
  CANNOT_UNMERGE: 'Later merges stand on this one, or what it moved is not known any more.',
  CUSTOMER_ERASED: 'The customer has been erased.',
  PROGRAM_CLOSED: 'The brand takes no friends in, or has set nothing up for them.',
  NOT_A_MEMBER: 'The customer is not among the brand’s best now.',
  INVALID_CREDENTIAL: 'What was shown is not ours, is over, or is meant for another brand.',
  POOL_CLOSED: 'The pool does not draw now: not yet, not any more, or it was closed.',
  SELF_REFERRAL: 'Referrer and friend are one person, or brought each other.',
  SHARED_DEVICE: 'The friend came on a device of the referrer.',
  ALREADY_REFERRED: 'The friend was brought by somebody before.',
  MINOR: 'One of the two is a minor.',
  EXPORT_UNDER_WAY: 'Another export of the brand is being written; wait until it is done.',
  LIMIT_EXCEEDED: 'The list or object is larger than the limit.',
} as const;

export type UserErrorCode = keyof typeof userErrorCodes;

/** Codes in `errors[].extensions.code`, with the HTTP status they travel with. */
export const requestErrorCodes = {
  BAD_REQUEST: { status: 400, meaning: 'The HTTP request or its JSON body is malformed.' },
  BAD_USER_INPUT: {
    status: 400,
    meaning: 'A variable or argument has a value of the wrong shape.',
  },
  GRAPHQL_PARSE_FAILED: { status: 400, meaning: 'The document is not GraphQL.' },
  GRAPHQL_VALIDATION_FAILED: { status: 400, meaning: 'The document does not fit the schema.' },
  OPERATION_RESOLUTION_FAILURE: { status: 400, meaning: 'No operation of that name.' },
  OPERATION_TOO_COMPLEX: {
    status: 400,
    meaning: 'The operation is above a limit of size or cost.',
  },
  PERSISTED_QUERY_NOT_SUPPORTED: { status: 400, meaning: 'Send the whole document.' },
  // Clients of Apollo's protocol read this one from an answer of status 200 only.
  PERSISTED_QUERY_NOT_FOUND: {
    status: 200,
    meaning: 'No document of that hash is known here; send it once with its hash.',
  },
  PERSISTED_QUERY_HASH_MISMATCH: {
    status: 400,
    meaning: 'The hash is not the SHA-256 of the document it came with.',
  },
  // Not 404, which caches keep by themselves: the id may be known a moment later.
  PERSISTED_DOCUMENT_NOT_FOUND: { status: 400, meaning: 'No persisted document has that id.' },
  INTROSPECTION_DISABLED: { status: 400, meaning: 'Introspection needs the developer scope here.' },
  UNAUTHENTICATED: { status: 401, meaning: 'No key or token, or not a valid one.' },
  FORBIDDEN: { status: 403, meaning: 'The caller is known but may not run this.' },
  DOCUMENT_NOT_TRUSTED: {
    status: 403,
    meaning: 'Only documents of the operator’s manifest run here, and this is none of them.',
  },
  NOT_FOUND: { status: 404, meaning: 'No such path.' },
  METHOD_NOT_ALLOWED: { status: 405, meaning: 'The path does not take this HTTP method.' },
  REQUEST_TIMEOUT: { status: 408, meaning: 'The request did not arrive in time.' },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    meaning: 'The body is above the limit, inflated bytes counted.',
  },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, meaning: 'Send application/json in UTF-8.' },
  THROTTLED: { status: 429, meaning: "The caller's cost bucket is empty; see Retry-After." },
  HEADERS_TOO_LARGE: { status: 431, meaning: 'The request headers are above the limit.' },
  INTERNAL: { status: 500, meaning: 'Our fault; quote the errorId.' },
  UNAVAILABLE: { status: 503, meaning: 'Try again with the same idempotency key.' },
} as const;

export type RequestErrorCode = keyof typeof requestErrorCodes;

/** A refusal a mutation hands out: `field` is the path inside the input. */
export interface UserErrorShape {
  code: UserErrorCode;
  field: string[] | null;
  message: string;
}

/** Builds a refusal; without a message the registry's sentence is used. */
export function userError(
  code: UserErrorCode,
  field: string[] | null = null,
  message: string = userErrorCodes[code],
): UserErrorShape {
  return { code, field, message };
}

/** A request that may not run. `extensions` reach the client beside the code. */
export class RequestError extends Error {
  readonly status: number;

  constructor(
    readonly code: RequestErrorCode,
    message: string = requestErrorCodes[code].meaning,
    readonly extensions: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'RequestError';
    this.status = requestErrorCodes[code].status;
  }
}

/** Something we depend on is away or too busy; the same request with the same key may be sent again. */
export class UnavailableError extends RequestError {
  constructor(
    readonly reason: string,
    readonly retryAfterSeconds = 1,
  ) {
    super('UNAVAILABLE', requestErrorCodes.UNAVAILABLE.meaning, { retryable: true });
    this.name = 'UnavailableError';
  }
}
