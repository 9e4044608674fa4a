/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Who accepts. */
export type AcceptVelvetInvitationInput = {
  /** Who: a brand must say; a customer speaks for themselves and leaves it out. */
  customer?: CustomerBy | null | undefined;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
};

/** What became of an acquisition. */
export type AcquisitionVerdict =
  /** Was a customer before, had gone silent, and was paid for again. */
  | 'REACQUISITION'
  /** New, and stayed. */
  | 'TRUE_NEW'
  /** Came by a way that costs nothing for each one who comes. */
  | 'UNPAID'
  /** New so far; whether they stay is not known yet. */
  | 'WATCHED'
  /** New, and gone: nothing was heard of them after the first day. */
  | 'WRONG';

/** Whose friend the brand now knows for sure. */
export type ActivateReferralInput = {
  /** Id of the referral. */
  id: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** Which way an adjustment moves Mu. */
export type AdjustmentDirection =
  /** Out of the brand’s budget into the wallet. */
  | 'CREDIT'
  /** Out of the wallet into the brand’s budget, at most the brand’s share. */
  | 'DEBIT';

/** Where an adjustment stands. Only PENDING is left again, and only once. */
export type AdjustmentState =
  /** A second person agreed: the Mu has moved. */
  | 'APPROVED'
  /** Somebody said no: nothing has moved. */
  | 'DECLINED'
  /** Nobody decided in time: nothing has moved. */
  | 'EXPIRED'
  /** Asked for; it waits for a second person. */
  | 'PENDING';

/** Whom to move on, and how far. */
export type AdvanceEmSeriesInput = {
  /** Who. */
  customer: CustomerBy;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** Place of the last item they have had, from 1. */
  position: number;
  /** Which series, `ems_…`. */
  seriesId: string;
};

/** A brand that a person lets into their micronbox. */
export type AllowBrandInput = {
  /** The brand, `brd_…`: one that knows the person. */
  brandId: string;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
};

/** Word that what the code asks for was done. */
export type AnswerClaimInput = {
  /** The answer to the magnet of the code, where it has one. */
  answer?: MagnetAnswerInput | null | undefined;
  /** Id of the claim. */
  claimId: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** One thing an API key may do; a router knows the scope as `mu:` and its small name. */
export type ApiKeyScope =
  /** Record attention events, which may pay Mu. */
  | 'ATTENTION'
  /** Identify customers and record their consents. */
  | 'CUSTOMERS'
  /** Introspect the schema in production. */
  | 'DEVELOPER'
  /** Create and revoke the brand's API keys. */
  | 'KEYS'
  /** Reverse transfers; record spend and plan budgets. */
  | 'LEDGER'
  /** Record messages, reserve Mu for them, record deliveries. */
  | 'MESSAGES'
  /** Read the customer view and everything of the own brand. */
  | 'READ'
  /** Redeem for a customer, capture and cancel redemptions. */
  | 'REDEMPTIONS'
  /** Publish earn rules and shop items. */
  | 'RULES'
  /** Mint short-lived tokens for customers the brand has signed in. */
  | 'TOKENS'
  /** Manage webhook endpoints and see their deliveries. */
  | 'WEBHOOKS';

/** The adjustment to approve. */
export type ApproveAdjustmentInput = {
  /** Id of the adjustment. */
  id: string;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
};

/** What a customer did. */
export type AttentionAction =
  /** Attended an event. */
  | 'ATTEND'
  /** Followed a link. */
  | 'CLICK'
  /** Something the brand defines; say which in `customAction`. */
  | 'CUSTOM'
  /** Gave feedback. */
  | 'FEEDBACK'
  /** Filled in a form. */
  | 'FORM'
  /** Opened a message. */
  | 'OPEN'
  /** Voted in a poll. */
  | 'POLL'
  /** Took a quiz. */
  | 'QUIZ'
  /** Read on for a while. */
  | 'READ'
  /** Brought a friend. */
  | 'REFERRAL'
  /** Replied to the brand. */
  | 'REPLY'
  /** Scanned a code. */
  | 'SCAN'
  /** Answered a survey. */
  | 'SURVEY'
  /** Watched a video to its end. */
  | 'VIDEO_COMPLETE'
  /** Visited a shop or a site. */
  | 'VISIT';

/** How attentive a customer is, in five steps. */
export type AttentionBand =
  /** An index from 10 to 34. */
  | 'DRIFTING'
  /** An index from 35 to 59. */
  | 'ENGAGED'
  /** An index from 1 to 9. */
  | 'FADING'
  /** An index of 60 or more. */
  | 'HOOKED'
  /** An index of 0. */
  | 'SILENT';

/** The attention the customer gives; all that is given must hold. */
export type AttentionCondition = {
  /** They are in one of these bands. */
  band?: Array<AttentionBand> | null | undefined;
  /** How many messages reached them since they last attended. */
  deliveredSince?: NumberRange | null | undefined;
  /** They are in one of these states. */
  dormancy?: Array<DormancyState> | null | undefined;
  /** The index from 0 to 100, by the brand’s day; 0 for whom nothing is known of. */
  index?: NumberRange | null | undefined;
  /** When they last attended. */
  lastAttended?: MomentRange | null | undefined;
  /** When they last clicked. */
  lastClicked?: MomentRange | null | undefined;
  /** When they last did something that only a person does. */
  lastVerified?: MomentRange | null | undefined;
};

/** Where a customer’s attention is going: the points of 30 days beside those of the 30 before. */
export type AttentionTrend =
  /** At least a tenth fewer points than in the 30 days before. */
  | 'FADING'
  /** At least a tenth more points than in the 30 days before. */
  | 'RISING'
  /** Within a tenth of the points of the 30 days before. */
  | 'STEADY';

/** How attentive somebody is. */
export type Attentiveness =
  /** Active: gave attention lately. */
  | 'ATTENTIVE'
  /** Drifting or inactive; or has not been tried, so that nobody can know. */
  | 'DRIFTING'
  /** Dormant or lost. */
  | 'GONE';

/** How much of a customer's balance a message shows. */
export type BalanceShown =
  /** None: the customer has opted out of Mu. */
  | 'NONE'
  /** The brand's own part: what it granted less what was spent with it. */
  | 'OWN_SHARE'
  /** All of it, over all brands: the customer consents to BALANCE_VISIBLE. */
  | 'WHOLE';

/** Where a model puts a customer. */
export type Band =
  /** The best customers. */
  | 'BEST'
  /** People the brand knows who have never ordered. */
  | 'NEXT'
  /** Customers between the best and the others: by the later models those who drift away. */
  | 'REST'
  /** By worth the lower half; by attention those who are gone; by the table those who begin. */
  | 'TEST';

/** The band a model put the customer into. */
export type BandCondition = {
  /** It is one of these bands. */
  in: Array<Band>;
  /** The model. */
  model: SegmentationModel;
};

/** Whose a claim is. */
export type BindClaimInput = {
  /** Id of the claim. */
  claimId: string;
  /** The customer, one of whose addresses or numbers is confirmed with the brand. */
  customer: CustomerBy;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** A figure of a report; docs/economics.md says how each is reckoned. */
export type BoardFigureName =
  /** What of the money for new customers bought none. */
  | 'AD_WASTE'
  /** Its part of that money. */
  | 'AD_WASTE_SHARE'
  /** The part of all profit that lay with the best fifth of customers. */
  | 'BEST_FIFTH_PROFIT_SHARE'
  /** What buying a customer back cost. */
  | 'COST_PER_REACQUISITION'
  /** What a verified attention cost. */
  | 'COST_PER_VERIFIED_ATTENTION'
  /** Growth by customers who stay and friends they bring, of the year so far. */
  | 'EARNED_GROWTH'
  /** What was spent on marketing. */
  | 'MARKETING_SPEND'
  /** The part of it that went to existing customers. */
  | 'MARKETING_SPEND_RATIO'
  /** Mu that customers spent. */
  | 'MU_BURNED'
  /** Mu that came to customers. */
  | 'MU_ISSUED'
  /** Mu that customers held, as it stood. */
  | 'MU_OUTSTANDING'
  /** What they brought after refunds. */
  | 'NET_REVENUE'
  /** The part of last year’s revenue that those customers brought again. */
  | 'NET_REVENUE_RETENTION'
  /** Orders in the brand’s currency. */
  | 'ORDERS'
  /** Revenue of known customers for whom an ad platform was paid again. */
  | 'REACQUISITION_TAX_BASE'
  /** What an acquisition cost by the count of all. */
  | 'REPORTED_CAC'
  /** What a customer who was truly new cost. */
  | 'TRUE_CAC'
  /** Customers who were truly new, watched ones included. */
  | 'TRUE_NEW_CUSTOMERS';

/** A figure of a brand that can be followed over time: what was counted of a day, or how it stood then. */
export type BrandMetric =
  /** Customers who were recorded as coming. */
  | 'ACQUISITIONS'
  /** Customers whose state is ACTIVE; as it stood. */
  | 'ACTIVE_CUSTOMERS'
  /** The attention indexes of all customers together; as it stood. */
  | 'ATTENTION'
  /** Clicks. */
  | 'CLICKS'
  /** Customers of the brand; as it stood. */
  | 'CUSTOMERS'
  /** Messages that reached customers. */
  | 'DELIVERIES'
  /** Everything customers did that is at least half sure. */
  | 'EVENTS'
  /** What these orders came to. */
  | 'GROSS_REVENUE'
  /** Fetches by machines, which count nowhere else. */
  | 'MACHINE_FETCHES'
  /** What marketing cost, in the brand’s currency. */
  | 'MARKETING_SPEND'
  /** Messages sent, those that bounced included. */
  | 'MESSAGES_SENT'
  /** Mu that customers spent. */
  | 'MU_BURNED'
  /** Mu that came to customers. */
  | 'MU_ISSUED'
  /** What remains. */
  | 'NET_REVENUE'
  /** Opens that are at least half sure. */
  | 'OPENS'
  /** Orders in the brand’s currency. */
  | 'ORDERS'
  /** Of them, those it paid for although they had been customers before. */
  | 'REACQUISITIONS'
  /** Its Real Reach of 90 days; as it stood. */
  | 'REAL_REACH'
  /** What of it was paid back, on the day of the order. */
  | 'REFUNDS'
  /** Customers who are DORMANT or LOST; as it stood. */
  | 'SLEEPING_CUSTOMERS'
  /** Of it, what only a person does. */
  | 'VERIFIED_EVENTS';

/** How a budget is to be split. */
export type BudgetTargetInput = {
  /** The percent for existing customers, 0 to 100: 25 is a split of 75 to 25. */
  existingPercent: number;
};

/** What the page behind a call to action has to offer. */
export type CallToActionKind =
  /** A way to confirm an address or a number. */
  | 'CONFIRM_IDENTITY'
  /** An explanation of Mu. */
  | 'LEARN_MORE'
  /** The shop, or whatever else Mu is spent on. */
  | 'REDEEM';

/** The redemption to call off. */
export type CancelRedemptionInput = {
  /** Id of the redemption. */
  id: string;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
};

/** The redemption to confirm. */
export type CaptureRedemptionInput = {
  /** Id of the redemption. */
  id: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** Where a message, or attention to it, takes place. */
export type Channel =
  /** E-mail. */
  | 'EMAIL'
  /** Inside the brand's app. */
  | 'IN_APP'
  /** Face to face, in a shop, at an event. */
  | 'OFFLINE'
  /** Notification pushed to a device. */
  | 'PUSH'
  /** A code scanned off something printed or shown. */
  | 'QR'
  /** Rich message that takes the place of an SMS. */
  | 'RCS'
  /** Text message. */
  | 'SMS'
  /** A web page. */
  | 'WEB'
  /** WhatsApp. */
  | 'WHATSAPP';

/** What a customer says of a channel. */
export type ChannelPreference =
  /** The customer wants messages on the channel. */
  | 'ALLOWED'
  /** The customer wants none on the channel. */
  | 'DENIED';

/** Who came, and by which code. */
export type ClaimReferralInput = {
  /** The code of the link. */
  code: string;
  /** A hash by which you tell devices apart; the referrer’s own one is refused. */
  deviceHash?: string | null | undefined;
  /** Who came: a brand must say; a customer comes themselves and leaves it out. */
  friend?: CustomerBy | null | undefined;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
};

/** Where a claim stands. */
export type ClaimState =
  /** They said who they are, and the Mu is in their wallet. */
  | 'BOUND'
  /** They never said so: the Mu went back to where it came from. */
  | 'EXPIRED'
  /** Somebody scanned the code; nothing waits for them yet. */
  | 'OPEN'
  /** What the code asks for was done: the Mu waits for them to say who they are. */
  | 'PENDING';

/** The magnet to close. */
export type CloseMagnetInput = {
  /** Id of the magnet. */
  id: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** The pool that shall draw no more. */
export type CloseSurprisePoolInput = {
  /** Id of the pool. */
  id: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** By what a brand has its customers' lifetime values reckoned. */
export type ClvModel =
  /** A model fitted on all orders, where there are enough of them. */
  | 'BG_NBD'
  /** A rule of thumb over each customer’s own orders; see docs/worth.md. */
  | 'RULE';

/** What makes customers a cohort, and what counts as being there. */
export type CohortBasis =
  /** By the month of the first contact; there is whoever attended in a month. */
  | 'FIRST_CONTACT'
  /** By the month of the first order; there is whoever ordered in a month. */
  | 'FIRST_ORDER';

/** The code somebody was sent, given back. */
export type ConfirmIdentityInput = {
  /** The six digits. */
  code: string;
  /** Id of the confirmation. */
  confirmationId: string;
  /** 8 to 200 printable characters; the same key answers the first answer again. */
  idempotencyKey: string;
};

/** What the customer said to a purpose. */
export type ConsentCondition = {
  /** What they said. Somebody who was never asked said neither. */
  granted: boolean;
  /** The purpose. */
  purpose: ConsentPurpose;
};

/** What the customer allows, or not. */
export type ConsentInput = {
  /** Whether the customer allows it. */
  granted: boolean;
  /** What it is about. */
  purpose: ConsentPurpose;
};

/** What a customer allows a brand, or not. */
export type ConsentPurpose =
  /** The brand may see the customer's whole Mu balance, other brands' part included. */
  | 'BALANCE_VISIBLE'
  /** The brand may hand what it knows of the customer to its partners. */
  | 'DATA_SHARING'
  /** The brand may send the customer promotions; only with MESSAGES. */
  | 'MARKETING'
  /** The brand may send the customer messages. */
  | 'MESSAGES'
  /** Days on which the customer gave attention to any brand count in their streaks with this one. */
  | 'NETWORK_STREAK'
  /** The brand may choose what it shows the customer by what it knows of them. */
  | 'PERSONALISATION'
  /** The brand may foretell what the customer will do: scores, worth, segments. */
  | 'PROFILING';

/** What stands against a message to a customer. */
export type ContactReasonCode =
  /** The customer does not want messages on the channel. */
  | 'CHANNEL_DENIED'
  /** Enough has reached the customer of late; `until` says when more may. */
  | 'FREQUENCY_CAP'
  /** The customer has muted the brand in their micronbox; of PUSH and IN_APP alone. */
  | 'MUTED'
  /** The last message to this address on the channel bounced. */
  | 'NOT_DELIVERABLE'
  /** The brand knows no address, number or device for the channel. */
  | 'NO_ADDRESS'
  /** The customer has never allowed it; `purpose` says what. */
  | 'NO_CONSENT'
  /** The customer has withdrawn their consent; `purpose` says to what. */
  | 'OPTED_OUT'
  /** It is a time of day at which the customer is left alone; `until` says how long. */
  | 'QUIET_HOURS';

/** An API key to create. */
export type CreateApiKeyInput = {
  /** The brand the key is for: the platform must name it, a brand's key means its own. */
  brandId?: string | null | undefined;
  /** 8 to 200 printable characters; the same key answers the first answer again. */
  idempotencyKey: string;
  /** What to call the key; one line. */
  name: string;
  /** What the key may do: one scope or more, none that the calling key lacks. */
  scopes: Array<ApiKeyScope>;
};

/** A brand to create. */
export type CreateBrandInput = {
  /** ISO 4217 code of the currency the brand measures orders in. */
  currency?: string;
  /** 8 to 200 printable characters; the same key answers the first answer again. */
  idempotencyKey: string;
  /** The name people know the brand by; one line. */
  name: string;
  /** Short name: 1 to 63 lower case letters, digits and inner hyphens; unique. */
  slug: string;
  /** IANA time zone in which the brand's days begin, such as Asia/Kolkata. */
  timezone?: string;
};

/** Whom a token is for. */
export type CreateCustomerTokenInput = {
  /** The customer, whom the brand has signed in. */
  customer: CustomerBy;
  /** 8 to 200 printable characters; the same key answers the first answer again. */
  idempotencyKey: string;
  /** How long the token works, from 1 second to a day. */
  ttlSeconds?: number;
};

/** A series to make. */
export type CreateEmSeriesInput = {
  /** When an item is sent, in the customer’s zone, as 07:00. */
  dailySlot: string;
  /** Its id in your system; once per brand. */
  externalId: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** What it is called. */
  name: string;
};

/** An experiment, with a share of its customers held out. */
export type CreateExperimentInput = {
  /** Whom it is about; every customer of the brand when left out. */
  audience?: ExperimentAudienceInput | null | undefined;
  /** When it ends, within 366 days of its start. */
  endsAt: string;
  /** Its id in your systems; once per brand. */
  externalId: string;
  /** The share of them that is held out, from 0.0001 to 0.9999. */
  holdoutShare: number;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** What sending one message costs you, such as "0.01"; 0 when left out. */
  messageCost?: string | null | undefined;
  /** What one Mu costs you in your currency, such as "0.10"; 0 when left out. */
  muPrice?: string | null | undefined;
  /** What customers are wanted to do. */
  outcome: ExperimentOutcome;
  /** What is set aside from the budget for its messages; 0 when left out. */
  reserveMu?: number | null | undefined;
  /** When it begins; now when left out. */
  startsAt?: string | null | undefined;
};

/** A journey. */
export type CreateJourneyInput = {
  /** What it does. */
  definition: JourneyDefinitionInput;
  /** The experiment whose treated customers alone go on it, `exp_…`. */
  experimentId?: string | null | undefined;
  /** Its id in your systems; once per brand. */
  externalId: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** Its name. */
  name: string;
};

/** A magnet to be published. */
export type CreateMagnetInput = {
  /** What is asked, and what it pays. */
  content: MagnetContentInput;
  /** It takes no answers from then on. */
  endsAt?: string | null | undefined;
  /** Its id in your systems; taken once. */
  externalId: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** The message it is in, `msg_…`, whose offer then pays; else the budget pays. */
  messageId?: string | null | undefined;
  /** It takes no answers before. */
  startsAt?: string | null | undefined;
  /** What it is called; shown on the customer’s statement. */
  title: string;
};

/** A code to be printed somewhere. */
export type CreateQrCodeInput = {
  /** The text in its address: 1 to 64 letters, digits, dots, dashes and underscores. */
  code: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** The page of yours that a scan leads to, an https address. */
  landingUrl?: string | null | undefined;
  /** A magnet whose answer a claim must bring and is paid for, beside `mu`: one of yours that is open, without stakes and in no message. */
  magnetId?: string | null | undefined;
  /** The message out of whose reserve it pays; left out, it pays out of the budget. */
  messageId?: string | null | undefined;
  /** What a scan pays, from 1 to 10^15; may be left out where a magnet pays. */
  mu?: number | null | undefined;
  /** What it is called; shown on the customer’s statement. */
  name: string;
};

/** Whose link, and where it will be shared. */
export type CreateReferralLinkInput = {
  /** Where it will be shared. */
  channel: Channel;
  /** Whose link: a brand must say; a customer gets their own and leaves it out. */
  customer?: CustomerBy | null | undefined;
  /** A hash by which you tell devices apart; a friend on the same one is refused. */
  deviceHash?: string | null | undefined;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
};

/** A pool of Mu for gifts by lot. */
export type CreateSurprisePoolInput = {
  /** Until when it draws. */
  endsAt: string;
  /** Its id in your systems; once per brand. */
  externalId: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** One draw in so many wins, from 1 to 10^9. */
  oddsOneIn: number;
  /** What is set aside from the budget: at least one prize. */
  poolMu: number;
  /** What a win pays, from 1 to 10^15. */
  prizeMu: number;
  /** From when on it draws; now when left out. */
  startsAt?: string | null | undefined;
  /** A person draws once in so many hours, from 1 to 8,784. */
  windowHours: number;
};

/** Who wants to be recognised, and for how long. */
export type CreateVelvetCredentialInput = {
  /** Who: a brand must say; a customer speaks for themselves and leaves it out. */
  customer?: CustomerBy | null | undefined;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
  /** How long it is good, from 1 to 300 seconds. */
  ttlSeconds?: number | null | undefined;
};

/** An address that shall be told of what happens. */
export type CreateWebhookEndpointInput = {
  /** What it is for; one line. */
  description?: string | null | undefined;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** Of what; topics are listed by `webhookTopics`. Left out or `*`: of everything. */
  topics?: Array<string> | null | undefined;
  /** Where requests go: https, a public name, port 443 or 8443, no user or password. */
  url: string;
};

/** Names one customer by exactly one of their keys, as the brand knows them. */
export type CustomerBy =
  {   /** A device the brand named. */
  deviceId: string; email?: never; externalId?: never; id?: never; phone?: never; }
  |  { deviceId?: never;   /** An address the brand named. */
  email: string; externalId?: never; id?: never; phone?: never; }
  |  { deviceId?: never; email?: never;   /** The id in the brand's own systems. */
  externalId: string; id?: never; phone?: never; }
  |  { deviceId?: never; email?: never; externalId?: never;   /** The id, `cus_…`. */
  id: string; phone?: never; }
  |  { deviceId?: never; email?: never; externalId?: never; id?: never;   /** A number the brand named. */
  phone: string; };

/** A condition on a customer, by exactly one of its fields. Texts are compared letter by letter; how deep conditions may nest, and how many there may be, are limits. */
export type CustomerCondition =
  {   /** All of these hold. */
  and: Array<CustomerCondition>; attention?: never; band?: never; consent?: never; createdAt?: never; identity?: never; mu?: never; not?: never; or?: never; orders?: never; streak?: never; trait?: never; worth?: never; }
  |  { and?: never;   /** The attention they give. */
  attention: AttentionCondition; band?: never; consent?: never; createdAt?: never; identity?: never; mu?: never; not?: never; or?: never; orders?: never; streak?: never; trait?: never; worth?: never; }
  |  { and?: never; attention?: never;   /** Where a model has put them. */
  band: BandCondition; consent?: never; createdAt?: never; identity?: never; mu?: never; not?: never; or?: never; orders?: never; streak?: never; trait?: never; worth?: never; }
  |  { and?: never; attention?: never; band?: never;   /** What they allow the brand. */
  consent: ConsentCondition; createdAt?: never; identity?: never; mu?: never; not?: never; or?: never; orders?: never; streak?: never; trait?: never; worth?: never; }
  |  { and?: never; attention?: never; band?: never; consent?: never;   /** When the brand first identified them. */
  createdAt: MomentRange; identity?: never; mu?: never; not?: never; or?: never; orders?: never; streak?: never; trait?: never; worth?: never; }
  |  { and?: never; attention?: never; band?: never; consent?: never; createdAt?: never;   /** How they can be reached. */
  identity: IdentityCondition; mu?: never; not?: never; or?: never; orders?: never; streak?: never; trait?: never; worth?: never; }
  |  { and?: never; attention?: never; band?: never; consent?: never; createdAt?: never; identity?: never;   /** The brand’s part of their Mu. */
  mu: MuCondition; not?: never; or?: never; orders?: never; streak?: never; trait?: never; worth?: never; }
  |  { and?: never; attention?: never; band?: never; consent?: never; createdAt?: never; identity?: never; mu?: never;   /** This does not hold. */
  not: CustomerCondition; or?: never; orders?: never; streak?: never; trait?: never; worth?: never; }
  |  { and?: never; attention?: never; band?: never; consent?: never; createdAt?: never; identity?: never; mu?: never; not?: never;   /** One of these holds. */
  or: Array<CustomerCondition>; orders?: never; streak?: never; trait?: never; worth?: never; }
  |  { and?: never; attention?: never; band?: never; consent?: never; createdAt?: never; identity?: never; mu?: never; not?: never; or?: never;   /** What they bought. */
  orders: OrdersCondition; streak?: never; trait?: never; worth?: never; }
  |  { and?: never; attention?: never; band?: never; consent?: never; createdAt?: never; identity?: never; mu?: never; not?: never; or?: never; orders?: never;   /** How long they have kept at it. */
  streak: StreakCondition; trait?: never; worth?: never; }
  |  { and?: never; attention?: never; band?: never; consent?: never; createdAt?: never; identity?: never; mu?: never; not?: never; or?: never; orders?: never; streak?: never;   /** What the brand noted of them. */
  trait: TraitCondition; worth?: never; }
  |  { and?: never; attention?: never; band?: never; consent?: never; createdAt?: never; identity?: never; mu?: never; not?: never; or?: never; orders?: never; streak?: never; trait?: never;   /** What they are worth. */
  worth: WorthCondition; };

/** Which customers to list; all conditions must hold. */
export type CustomerFilter = {
  /** Customers the brand first identified after this instant. */
  createdAfter?: string | null | undefined;
  /** The customer the brand has named with this address. */
  email?: string | null | undefined;
  /** The customer with this id in the brand's own systems. */
  externalId?: string | null | undefined;
  /** Customers who are in this saved segment, by its id. */
  segment?: string | null | undefined;
  /** Customers who meet this condition; `upsertSegment` saves one under a name. */
  where?: CustomerCondition | null | undefined;
};

/** The adjustment to decline. */
export type DeclineAdjustmentInput = {
  /** Id of the adjustment. */
  id: string;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
};

/** Which schedule ends. */
export type DeleteReportScheduleInput = {
  /** Id of the schedule, `rsc_…`. */
  id: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** Which segment goes. */
export type DeleteSegmentInput = {
  /** Id of the segment. */
  id: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** The endpoint to take away. */
export type DeleteWebhookEndpointInput = {
  /** The endpoint. */
  id: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** What became of a message on its way to a customer. */
export type DeliveryState =
  /** It came back; also after it was thought delivered. */
  | 'BOUNCED'
  /** It reached them, as far as is known. */
  | 'DELIVERED'
  /** It was held back and never sent. */
  | 'SUPPRESSED';

/** How long a customer has been silent to a brand, by the brand’s own days. */
export type DormancyState =
  /** Attended lately. */
  | 'ACTIVE'
  /** Silent for very long. */
  | 'DORMANT'
  /** Silent for somewhat long. */
  | 'DRIFTING'
  /** Silent for long. */
  | 'INACTIVE'
  /** Silent for so long that they are hardly coming back. */
  | 'LOST'
  /** Never attended, although the first contact is long ago. */
  | 'NEVER'
  /** Nothing heard of them yet, and the first contact is recent. */
  | 'NEW'
  /** Silent, but too few messages reached them since to tell. */
  | 'NOT_TESTED';

/** One condition on a customer, by exactly one of its fields. */
export type EarnAudienceInput =
  {   /** A model has put them into one of these bands. */
  band: BandCondition; segment?: never; traitEquals?: never; traitExists?: never; traitIn?: never; }
  |  { band?: never;   /** They are in the segment of this name: a saved one; or the trait `segment` is it, or the trait `segments` has it among its items. */
  segment: string; traitEquals?: never; traitExists?: never; traitIn?: never; }
  |  { band?: never; segment?: never;   /** A trait has this value. */
  traitEquals: TraitEqualsInput; traitExists?: never; traitIn?: never; }
  |  { band?: never; segment?: never; traitEquals?: never;   /** They have a trait of this name. */
  traitExists: string; traitIn?: never; }
  |  { band?: never; segment?: never; traitEquals?: never; traitExists?: never;   /** A trait has one of these values. */
  traitIn: TraitInInput; };

/** A percentage of the amount for the customers of an audience. */
export type EarnMultiplierInput = {
  /** Whom it is for; all conditions must hold. */
  audience: Array<EarnAudienceInput>;
  /** From 1 to 10,000; 250 pays two and a half times the amount, in whole Mu, cut. */
  percent: number;
};

/** What became of a rule for an event. */
export type EarnOutcome =
  /** The wallet would hold more than can be counted. */
  | 'AMOUNT_TOO_LARGE'
  /** The budget, or the message’s reserve, does not hold enough. */
  | 'BUDGET_EXHAUSTED'
  /** A cap of the rule leaves nothing. */
  | 'CAPPED'
  /** The event or the customer is not what the rule asks for. */
  | 'CONDITION_NOT_MET'
  /** It is not sure enough that a person did it. */
  | 'CONFIDENCE_TOO_LOW'
  /** It has paid this before. */
  | 'DUPLICATE'
  /** The message’s offer has ended. */
  | 'MESSAGE_EXPIRED'
  /** The rule is off, or not in force at the time of the event. */
  | 'NOT_ACTIVE'
  /** The message’s offer leaves nothing for it. */
  | 'OFFER_USED_UP'
  /** The customer wants no Mu. */
  | 'OPTED_OUT'
  /** Another rule pays in its place. */
  | 'OUTRANKED'
  /** It pays. */
  | 'PAYS';

/** Whether a rule competes with others for an event. */
export type EarnStacking =
  /** Competes with the others: of the exclusive rules for an event one pays. */
  | 'EXCLUSIVE'
  /** Pays besides whatever else pays. */
  | 'STACKS';

/** Whether a series goes out. */
export type EmSeriesState =
  /** Its next item is told for every customer. */
  | 'ACTIVE'
  /** Nothing goes out any more, for good. */
  | 'ENDED'
  /** Nothing goes out for now. */
  | 'PAUSED';

/** The experiment that shall end now. */
export type EndExperimentInput = {
  /** Id of the experiment, `exp_…`. */
  id: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** Who shall go on which journey. */
export type EnterJourneyInput = {
  /** Who; at most 500 customers. */
  customers: Array<CustomerBy>;
  /** Id of the journey, `jny_…`. */
  id: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** Who is to be erased. */
export type EraseCustomerInput = {
  /** Who it is: a brand must say, the platform by the id; a customer means themselves and leaves it out. */
  customer?: CustomerBy | null | undefined;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
};

/** An event that is attention. */
export type EventAttentionInput = {
  /** What the customer did. */
  action: AttentionAction;
  /** Where it took place, when `channelPath` says nothing. */
  channel?: Channel | null | undefined;
  /** Leads to the name of a channel, in any case, such as "email". */
  channelPath?: Array<string> | null | undefined;
  /** With CUSTOM: which of your own actions. */
  customAction?: string | null | undefined;
  /** Leads to how long it took, in milliseconds. */
  durationMsPath?: Array<string> | null | undefined;
  /** Leads to your id of the message it is about: its `externalId` here. */
  messagePath?: Array<string> | null | undefined;
  /** Names of `properties` that are kept with the event; none when left out. */
  properties?: Array<string> | null | undefined;
  /** How far along they are. */
  stage?: FunnelStage | null | undefined;
};

/** What a call of a customer data platform is: its `type`. */
export type EventCallType =
  /** What the source knows of somebody; has no name. */
  | 'IDENTIFY'
  /** Somebody looked at a page of a site, by its `name`. */
  | 'PAGE'
  /** Somebody looked at a screen of an app, by its `name`. */
  | 'SCREEN'
  /** Somebody did something, by its name: `event`. */
  | 'TRACK';

/** A field of an event that says who it was. */
export type EventCustomerKeyInput = {
  /** What the field holds. */
  kind: EventKeyKind;
  /** The keys that lead to it, as ["context", "traits", "email"]. */
  path: Array<string>;
};

/** An event that says who a customer is. */
export type EventIdentifyInput = {
  /** Names of `traits` that are kept with the customer; none when left out. */
  traits?: Array<string> | null | undefined;
};

/** What a field of an event names a customer by. */
export type EventKeyKind =
  /** A device or browser. */
  | 'DEVICE'
  /** An e-mail address. */
  | 'EMAIL'
  /** The id in your own systems. */
  | 'EXTERNAL_ID'
  /** A phone number. */
  | 'PHONE';

/** What events of a source mean here. */
export type EventMappingInput = {
  /** Whether a customer you have not identified is, by the keys the event has; else the event is refused with NOT_FOUND. */
  createCustomers?: boolean | null | undefined;
  /** Where to look for who it was; the first that the event has names the customer. */
  customer: Array<EventCustomerKeyInput>;
  /** The first that fits an event counts; what none fits is refused with NOT_FOUND. */
  rules: Array<EventRuleInput>;
};

/** An event that is an order. */
export type EventOrderInput = {
  /** Leads to what it cost in all: a decimal as text, or a number. */
  amountPath: Array<string>;
  /** Leads to the campaign it is put down to. */
  campaignPath?: Array<string> | null | undefined;
  /** Leads to what the brand itself paid for what it sold. */
  costPath?: Array<string> | null | undefined;
  /** The currency by its ISO 4217 code, when `currencyPath` says nothing. */
  currency?: string | null | undefined;
  /** Leads to the code of the currency. */
  currencyPath?: Array<string> | null | undefined;
  /** What leads to such orders. */
  driver?: OrderDriver | null | undefined;
  /** Leads to your id of the order. */
  externalIdPath: Array<string>;
  /** Leads to how many things were bought: a number, or the list of lines, whose `quantity` are added up. 1 when left out. */
  itemsPath?: Array<string> | null | undefined;
  /** Where such orders are made. */
  surface?: OrderSurface | null | undefined;
};

/** What becomes of events of one kind. */
export type EventRuleInput = {
  /** What becomes of them. */
  becomes: EventTargetInput;
  /** The `event` of TRACK, the `name` of PAGE and SCREEN, exactly; any when left out. */
  event?: string | null | undefined;
  /** The kind of call. */
  type: EventCallType;
};

/** What becomes of an event, by exactly one of its fields. */
export type EventTargetInput =
  {   /** It is recorded as `recordAttentionBatch` does. */
  attention: EventAttentionInput; identify?: never; nothing?: never; order?: never; }
  |  { attention?: never;   /** All its keys are told as `identifyCustomer` does, which makes or finds the customer. */
  identify: EventIdentifyInput; nothing?: never; order?: never; }
  |  { attention?: never; identify?: never;   /** It is counted as ignored and kept nowhere. Say true. */
  nothing: boolean; order?: never; }
  |  { attention?: never; identify?: never; nothing?: never;   /** It is recorded as `recordOrderBatch` does. */
  order: EventOrderInput; };

/** The two halves of an experiment. */
export type ExperimentArmName =
  /** They get none of it, to compare with. */
  | 'HELD_OUT'
  /** They get what the experiment tries, and are paid for it. */
  | 'TREATED';

/** Whom an experiment is about; all that is given must hold. */
export type ExperimentAudienceInput = {
  /** A model has put them into one of these bands by then. */
  band?: BandCondition | null | undefined;
  /** How silent they are when they are put into an arm: one of these. */
  dormancy?: Array<DormancyState> | null | undefined;
  /** They are in this saved segment, `seg_…`, when they are put into an arm. */
  segment?: string | null | undefined;
  /** They have a trait of this value. */
  trait?: TraitEqualsInput | null | undefined;
};

/** What an experiment wants customers to do; the first time within its time counts. */
export type ExperimentOutcome =
  /** They clicked. */
  | 'CLICK'
  /** They opened a message of the brand, as far as can be told. */
  | 'OPEN'
  /** They ordered, by whatever route: last click decides nothing. */
  | 'ORDER'
  /** They were DORMANT or LOST when they came in, and did something since that only a person does, and not by an advertisement. */
  | 'REACTIVATED';

/** How far an experiment is. */
export type ExperimentState =
  /** It has begun, and its customers are being put into its arms. */
  | 'ASSIGNING'
  /** It is over, and what was left of its reserve is back in the budget. */
  | 'ENDED'
  /** Every customer of its audience has an arm; later ones are put into one as they come. */
  | 'RUNNING'
  /** It has not begun. */
  | 'SCHEDULED';

/** What shall be exported. */
export type ExportBrandDataInput = {
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** Which parts; all of them when left out. */
  parts?: Array<ExportPart> | null | undefined;
};

/** What of a brand’s data: each part has one file a table. */
export type ExportPart =
  /** Events, days, scores of attention, silence and streaks. */
  | 'ATTENTION'
  /** What they allow: consents with receipts, channels, quiet hours, bounces. */
  | 'CONSENT'
  /** Who they are with the brand: traits, identities and their history, merges, erasures. */
  | 'CUSTOMERS'
  /** Figures of the whole base, as they were kept. */
  | 'FIGURES'
  /** Magnets and answers, codes and claims, surprises, the velvet list. */
  | 'GIFTS'
  /** Imports, what was refused of them, and how events are mapped. */
  | 'IMPORTS'
  /** Experiments and journeys with their members and runs. */
  | 'JOURNEYS'
  /** Mu: accounts, transfers, entries of the brand’s share, awards, adjustments, redemptions, the shop. */
  | 'LEDGER'
  /** Spend, acquisitions, budgets and their sums. */
  | 'MARKETING'
  /** Messages, deliveries and series. */
  | 'MESSAGES'
  /** Orders, refunds and what they sum to. */
  | 'ORDERS'
  /** Who brought whom, and what was paid for it. */
  | 'REFERRALS'
  /** Saved segments with their members, bands, and who will be next. */
  | 'SEGMENTS'
  /** The brand, its API keys without their secrets, rules, policies and webhook endpoints. */
  | 'SETTINGS'
  /** What customers are worth: scores and models. */
  | 'WORTH';

/** Where an export stands. */
export type ExportStatus =
  /** Its files can be fetched until it expires. */
  | 'DONE'
  /** Its files are gone: their time was over, or somebody in them was erased. */
  | 'EXPIRED'
  /** It could not be written; ask for another. */
  | 'FAILED'
  /** It waits for a process to write it. */
  | 'QUEUED'
  /** It is being written. */
  | 'RUNNING';

/** Feedback. */
export type FeedbackAnswerInput = {
  /** From 1 to the magnet’s highest score. */
  score: number;
  /** One line in the customer’s own words. */
  text?: string | null | undefined;
};

/** A question for feedback. */
export type FeedbackInput = {
  /** Scores are from 1 to this, which is from 2 to 100. */
  highestScore?: number | null | undefined;
  /** What an answer pays; 0 for nothing. */
  mu: number;
  /** The question, one line. */
  question: string;
};

/** What posting a form in a message is recorded as. */
export type FormAction =
  /** Something the brand defines; say which in `customAction`. */
  | 'CUSTOM'
  /** Gave feedback. */
  | 'FEEDBACK'
  /** Filled in a form. */
  | 'FORM'
  /** Voted in a poll. */
  | 'POLL'
  /** Took a quiz. */
  | 'QUIZ'
  /** Replied to the brand. */
  | 'REPLY'
  /** Answered a survey. */
  | 'SURVEY';

/** How many messages may reach a customer; at least one of the counts. */
export type FrequencyCapInput = {
  /** The channel; all together when left out. */
  channel?: Channel | null | undefined;
  /** In any 24 hours, from 1 to 100. */
  perDay?: number | null | undefined;
  /** In any 7 days, from 1 to 100. */
  perWeek?: number | null | undefined;
};

/** How much more the programme may pay. */
export type FundReferralProgramInput = {
  /** What is moved from the budget, from 1 to 10^15. */
  amount: number;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** How far along a customer is on the way to a purchase. */
export type FunnelStage =
  /** They are getting to know the brand. */
  | 'AWARE'
  /** They are weighing it up. */
  | 'CONSIDER'
  /** They are about to choose. */
  | 'DECIDE';

/** A step on the way from a message to an order. */
export type FunnelStepName =
  /** They clicked. */
  | 'CLICKED'
  /** A message of the brand reached them. */
  | 'DELIVERED'
  /** They opened one, clicked or did more, as far as can be told: with a confidence of 0.5 or more. */
  | 'OPENED'
  /** They ordered, by whatever route. */
  | 'ORDERED'
  /** They did something that only a person does. */
  | 'VERIFIED';

/** How far back a funnel goes, from the moment it was reckoned. */
export type FunnelWindow =
  /** The last 7 days. */
  | 'DAYS_7'
  /** The last 30 days. */
  | 'DAYS_30'
  /** The last 90 days. */
  | 'DAYS_90'
  /** The last 365 days. */
  | 'DAYS_365';

/** What kind of thing customers may have in common. */
export type GenomeFeatureKind =
  /** Their band of attention. */
  | 'ATTENTION'
  /** How long they pause between orders on average: ONCE (one order so far), WEEKLY (up to 10 days), MONTHLY (up to 45), QUARTERLY (up to 120), SELDOM. */
  | 'CADENCE'
  /** Messages are sent to them by this channel. */
  | 'CHANNEL'
  /** How long they have been silent. */
  | 'DORMANCY'
  /** The kind of their first order. */
  | 'FIRST_ORDER'
  /** By what way they first came. */
  | 'ROUTE'
  /** A trait has this value; of a trait that is a list, one item. */
  | 'TRAIT';

/** Mu for another person. */
export type GiftMuInput = {
  /** How much, from 1 to what is left of the giver’s day. */
  amount: number;
  /** Who gives: a brand must say; a customer gives their own and leaves it out. */
  customer?: CustomerBy | null | undefined;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
  /** Who gets it: a customer of the same brand. */
  to: CustomerBy;
};

/** What a customer allows the brand. */
export type GrantConsentInput = {
  /** When the customer said so; now when left out. The newest word counts. */
  at?: string | null | undefined;
  /** Who: a brand must say; a customer speaks for themselves and leaves it out. */
  customer?: CustomerBy | null | undefined;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
  /** What it is about. */
  purpose: ConsentPurpose;
  /** Where the customer said so, for the record: a form, a shop, a call. */
  source?: string | null | undefined;
};

/** What a member gets. */
export type GrantPerkInput = {
  /** Who gets it. */
  customer: CustomerBy;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** What it is made of. */
  kind: VelvetPerkKind;
  /** What it is, in at most 200 bytes. */
  name: string;
};

/** What ended a line to a customer. */
export type HotlineCause =
  /** The last channel that worked was denied, or its address bounced. */
  | 'CHANNELS'
  /** The customer took back their leave to send them messages. */
  | 'CONSENT'
  /** Nothing was heard of them for too long. */
  | 'SILENCE';

/** How alive the line between a brand and a customer is. */
export type HotlineState =
  /** The brand reaches the customer, and has not heard from them for some time. */
  | 'FADING'
  /** No message reaches the customer any more, or none was answered for so long that none will be. */
  | 'LOST'
  /** The brand reaches the customer, and has heard from them of late. */
  | 'OPEN'
  /** The brand reaches the customer, and has not heard from them for long, or never. */
  | 'SILENT';

/** What a brand knows of a customer; at least one of externalId, email, phone, deviceId and appId. */
export type IdentifyCustomerInput = {
  /** The id you gave to an installation of your app; works as `deviceId` does. */
  appId?: string | null | undefined;
  /** Which of the identities in this call the brand has verified with the person. */
  confirmed?: Array<IdentityKind> | null | undefined;
  /** What the customer told the brand; of the same purpose the last counts. */
  consents?: Array<ConsentInput> | null | undefined;
  /** The id you gave to a device or browser. Alone it makes a customer nobody knows yet, who becomes one of those you know when a later call names both. */
  deviceId?: string | null | undefined;
  /** Kept beside earlier ones. */
  email?: string | null | undefined;
  /** The customer's id in the brand's own systems; set once. */
  externalId?: string | null | undefined;
  /** 8 to 200 printable characters; the same key answers the first answer again. */
  idempotencyKey: string;
  /** Kept beside earlier ones. */
  phone?: string | null | undefined;
  /** Notes about the customer, such as `name`. Laid over the earlier ones key by key; null deletes one. At most 64 keys, 4 levels and 16 KiB in all. */
  traits?: Record<string, unknown> | null | undefined;
};

/** What happened to an identity. */
export type IdentityChangeKind =
  /** It became surer that it is the customer’s. */
  | 'CONFIRMED'
  /** It became the customer’s. */
  | 'LINKED'
  /** It came from a customer who was merged into this one. */
  | 'MOVED'
  /** It came back when that merge was undone. */
  | 'RETURNED'
  /** It became somebody else’s: they proved it, or a merge was undone. */
  | 'TAKEN';

/** An address or number the brand has of the customer. */
export type IdentityCondition = {
  /** Whether it is confirmed with the customer; either when left out. */
  confirmed?: boolean | null | undefined;
  /** It is of one of these kinds. */
  kinds: Array<IdentityKind>;
};

/** What people are told apart by. */
export type IdentityKind =
  /** An installation of an app, by the id the brand gave it; known to that brand only. */
  | 'APP'
  /** A device or browser, by the id the brand gave it; known to that brand only. */
  | 'DEVICE'
  /** An e-mail address. */
  | 'EMAIL'
  /** A phone number. */
  | 'PHONE';

/** How sure it is that an identity is the customer’s. */
export type IdentityLevel =
  /** The brand named it. */
  | 'CLAIMED'
  /** The brand says it has verified it with the person. */
  | 'CONFIRMED'
  /** A code that was sent there was given back. */
  | 'PROVEN';

/** Why an identity changed. */
export type IdentitySource =
  /** The brand said so. */
  | 'BRAND'
  /** Two customers were merged, or parted again. */
  | 'MERGE'
  /** The person gave back a code. */
  | 'PROOF';

/** Events of another system. Exactly one of mapping and mappingKey, which begin an import, and importJob, which goes on with one. */
export type ImportEventsInput = {
  /** Whether this tells of the past: events of any age, back ten years, that count as history and pay nothing. Said when an import begins. */
  backfill?: boolean | null | undefined;
  /** At most 1,000 calls as the platform sends them: `type`, `messageId`, `timestamp`, `userId` and the rest; each of at most 32 KiB. */
  events: Array<Record<string, unknown>>;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** An import that was given events within the last day, `imp_…`; it takes more. */
  importJob?: string | null | undefined;
  /** What the events mean here. */
  mapping?: EventMappingInput | null | undefined;
  /** The name of a mapping you keep. */
  mappingKey?: string | null | undefined;
};

/** How an import stands. */
export type ImportState =
  /** All it was given so far has been recorded or refused. */
  | 'DONE'
  /** Events of it wait to be recorded. */
  | 'RUNNING';

/** What a model of the brand's own says of customers. */
export type IngestScoresInput = {
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** When it said so; now when left out. What is older than what is kept is not kept. */
  scoredAt?: string | null | undefined;
  /** The model, as the brand calls it. */
  scorer: string;
  /** At most 500 scores. */
  scores: Array<ScoreInput>;
  /** Its version, as the brand calls it. */
  version: string;
};

/** Whom the brand invites. */
export type InviteToVelvetInput = {
  /** Who is invited. */
  customer: CustomerBy;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** Mu for a brand’s budget. */
export type IssueMuInput = {
  /** How much, from 1 to 10^15. */
  amount: number;
  /** The brand that gets the Mu. */
  brandId: string;
  /** 8–200 printable characters, unique within the platform. */
  idempotencyKey: string;
  /** Why, for example an invoice number; shown on the ledger. */
  reason: string;
};

/** Where a step leads by what is known of the customer. */
export type JourneyBranchInput = {
  /** Key of the later step where it does not; END when left out. */
  otherwise?: string | null | undefined;
  /** Key of the later step where it holds, or END. */
  then: string;
  /** What is asked. */
  when: JourneyConditionInput;
};

/** What a branch asks of a customer; all that is given must hold. */
export type JourneyConditionInput = {
  /** Their attention is in one of these bands now. */
  attentionBand?: Array<AttentionBand> | null | undefined;
  /** The newest division by a model has put them into one of these bands. */
  band?: BandCondition | null | undefined;
  /** They are one of these now. */
  dormancy?: Array<DormancyState> | null | undefined;
  /** They are in this saved segment now, `seg_…`. */
  segment?: string | null | undefined;
  /** The longest of their living streaks is at least so long. */
  streakAtLeast?: number | null | undefined;
};

/** What a version of a journey does. */
export type JourneyDefinitionInput = {
  /** What ends a run before its last step; nothing when left out. */
  exits?: Array<JourneyExit> | null | undefined;
  /** Its steps in order. */
  steps: Array<JourneyStepInput>;
  /** What lets a customer in. */
  trigger: JourneyTriggerInput;
};

/** What a customer does that ends their run. */
export type JourneyExit =
  /** They attended to anything of the brand since they came in. */
  | 'ATTENDED'
  /** They clicked since they came in. */
  | 'CLICKED'
  /** They ordered since they came in. */
  | 'ORDERED'
  /** They were DORMANT or LOST when they came in, and have come back since by something that only a person does, and not by an advertisement. */
  | 'REACTIVATED';

/** What ended a run before its last step. */
export type JourneyRunEnd =
  /** The exit ATTENDED. */
  | 'ATTENDED'
  /** The exit CLICKED. */
  | 'CLICKED'
  /** The customer took back the consent to MESSAGES or MARKETING. */
  | 'CONSENT_WITHDRAWN'
  /** The customer is no longer the brand’s: erased, or merged into another. */
  | 'GONE'
  /** The customer opted out of Mu. */
  | 'OPTED_OUT'
  /** The exit ORDERED. */
  | 'ORDERED'
  /** The exit REACTIVATED. */
  | 'REACTIVATED'
  /** The journey was stopped. */
  | 'STOPPED';

/** How a customer’s run stands. */
export type JourneyRunState =
  /** A step is to come. */
  | 'ACTIVE'
  /** They may not go on. */
  | 'CANCELLED'
  /** The last step is done. */
  | 'COMPLETED'
  /** They did what the journey wanted of them before its last step. */
  | 'EXITED';

/** One step: besides its key, exactly one of waitHours, messageId and branch. */
export type JourneyStepInput = {
  /** Lead on by a condition. */
  branch?: JourneyBranchInput | null | undefined;
  /** Its name in the journey: 1 to 63 lower case letters, digits and hyphens. */
  key: string;
  /** Ask your stack to send this message, `msg_…`, by `journey.step_reached`. */
  messageId?: string | null | undefined;
  /** Wait so many hours, from 1 to 8,784. */
  waitHours?: number | null | undefined;
};

/** What a step does. */
export type JourneyStepKind =
  /** It leads on by what is known of the customer. */
  | 'BRANCH'
  /** It asks your stack to send a message, by `journey.step_reached`. */
  | 'REWARD'
  /** It waits. */
  | 'WAIT';

/** What lets a customer in on a journey, by exactly one of its fields. */
export type JourneyTriggerInput =
  {   /** A model puts them into one of these bands; who is in one already comes in when it is published. */
  band: BandCondition; byHand?: never; dormancy?: never; event?: never; segment?: never; }
  |  { band?: never;   /** Nothing does; you let them in by `enterJourney`. Say true. */
  byHand: boolean; dormancy?: never; event?: never; segment?: never; }
  |  { band?: never; byHand?: never;   /** They come to be one of these; who is already comes in when it is published. */
  dormancy: Array<DormancyState>; event?: never; segment?: never; }
  |  { band?: never; byHand?: never; dormancy?: never;   /** They do this, with a confidence of at least 0.5. */
  event: AttentionAction; segment?: never; }
  |  { band?: never; byHand?: never; dormancy?: never; event?: never;   /** They enter this saved segment, `seg_…`; who is in it already comes in when it is published. */
  segment: string; };

/** Who asked what Mu is. */
export type LearnAboutMuInput = {
  /** Whose wallet it is: a brand must say; a customer means their own and leaves it out. */
  customer?: CustomerBy | null | undefined;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
};

/** What a customer says is theirs: either an e-mail address or a number. */
export type LinkIdentityInput = {
  /** The customer. */
  customer: CustomerBy;
  /** The e-mail address to be proven. */
  email?: string | null | undefined;
  /** 8 to 200 printable characters; the same key answers the first answer again. */
  idempotencyKey: string;
  /** The phone number to be proven. */
  phone?: string | null | undefined;
};

/** An answer: exactly the field of the magnet’s kind. */
export type MagnetAnswerInput =
  {   /** A score and a sentence. */
  feedback: FeedbackAnswerInput; poll?: never; prediction?: never; preference?: never; quiz?: never; }
  |  { feedback?: never;   /** Place of the chosen option, from 0. */
  poll: number; prediction?: never; preference?: never; quiz?: never; }
  |  { feedback?: never; poll?: never;   /** What is foretold. */
  prediction: PredictionAnswerInput; preference?: never; quiz?: never; }
  |  { feedback?: never; poll?: never; prediction?: never;   /** About the customer. */
  preference: PreferenceAnswerInput; quiz?: never; }
  |  { feedback?: never; poll?: never; prediction?: never; preference?: never;   /** Places of the chosen options, from 0, one for each question in their order. */
  quiz: Array<number>; };

/** What is asked, and what it pays: exactly one kind. */
export type MagnetContentInput =
  {   /** A score and a sentence. */
  feedback: FeedbackInput; poll?: never; prediction?: never; preference?: never; quiz?: never; }
  |  { feedback?: never;   /** A question of opinion. */
  poll: PollInput; prediction?: never; preference?: never; quiz?: never; }
  |  { feedback?: never; poll?: never;   /** A question about what will be. */
  prediction: PredictionInput; preference?: never; quiz?: never; }
  |  { feedback?: never; poll?: never; prediction?: never;   /** A question about the customer. */
  preference: PreferenceInput; quiz?: never; }
  |  { feedback?: never; poll?: never; prediction?: never; preference?: never;   /** Questions with right answers. */
  quiz: QuizInput; };

/** Where a magnet stands. */
export type MagnetState =
  /** The brand has closed it; it takes no answers. */
  | 'CLOSED'
  /** It takes answers, from `startsAt` to `endsAt` where it has them. */
  | 'OPEN'
  /** A prediction whose outcome is known; what it pays is being paid, or was. */
  | 'RESOLVED'
  /** A prediction called off; stakes go back, or have gone. */
  | 'VOID';

/** A micron that a person has read in their box. */
export type MarkMicronReadInput = {
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
  /** A micron of the person’s box, `dlv_…`. */
  micronId: string;
};

/** By what way customers come, and money goes. */
export type MarketingRoute =
  /** Auctions of search engines, social networks and display. */
  | 'ADTECH'
  /** Others who are paid for whom they bring. */
  | 'AFFILIATE'
  /** The brand’s own messages and its tools for them. */
  | 'CRM'
  /** A third party’s surface that takes a commission. */
  | 'MARKETPLACE'
  /** Print, posters, television, events. */
  | 'OFFLINE'
  /** By themselves. */
  | 'ORGANIC'
  /** Customers who bring friends. */
  | 'REFERRAL';

/** Two customers who are one person. */
export type MergeCustomersInput = {
  /** Who is gone afterwards; their id finds the other. */
  from: CustomerBy;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
  /** Who stays. */
  into: CustomerBy;
  /** How you know that they are one. */
  reason: string;
};

/** What a message of one channel costs. */
export type MessageCostInput = {
  /** The channel. */
  channel: Channel;
  /** What one message costs, with at most six decimals. */
  cost: string;
};

/** What a message is for. */
export type MessageKind =
  /** One short mail of a series that is sent in a fixed order. */
  | 'EM'
  /** A short push message that carries Mu for attention. */
  | 'MICRON'
  /** A transactional notice: an order, a delivery, a balance. */
  | 'NOTIFY'
  /** A promotion. */
  | 'SELL';

/** The two folders of a micronbox; every micron is in one of them. */
export type MicronboxFolder =
  /** What came and has not left. */
  | 'INBOX'
  /** What the person saved; it stays until they let it go. */
  | 'SAVED';

/** Whether microns of a brand go into a person’s box. */
export type MicronboxPermission =
  /** The person has let the brand in. */
  | 'ALLOWED'
  /** Nobody has let the brand in. */
  | 'CLOSED'
  /** They have said nothing of the box, and consented to MARKETING themselves. */
  | 'CONSENTED'
  /** The person keeps the brand out. */
  | 'MUTED';

/** Why a thread stands where it stands. */
export type MicronboxRankReason =
  /** By how attentive the person is to the brand. */
  | 'ATTENTION'
  /** It lies unread: below everything that does not. */
  | 'IGNORED'
  /** The person has not attended to the brand so far, nor passed it over for long. */
  | 'NEW';

/** When something happened; all that is given must hold. */
export type MomentRange = {
  /** At this instant or later. */
  from?: string | null | undefined;
  /** Whether it ever happened; false stands alone. */
  happened?: boolean | null | undefined;
  /** Longer ago than so many days; it did happen. From 0 to 36,500. */
  longerAgoThanDays?: number | null | undefined;
  /** Before this instant. */
  until?: string | null | undefined;
  /** In the last so many days (of 24 hours), from 0 to 36,500. */
  withinDays?: number | null | undefined;
};

/** Amounts of the brand’s currency from one to another, both included. */
export type MoneyRange = {
  /** The least, as a decimal such as "29.33". */
  atLeast?: string | null | undefined;
  /** The most, as a decimal. */
  atMost?: string | null | undefined;
};

/** The brand’s own part of the customer’s Mu: what it granted, less what was spent. */
export type MuCondition = {
  /** How much is left of it. */
  balance: NumberRange;
};

/** A brand that a person keeps out of their micronbox. */
export type MuteBrandInput = {
  /** The brand, `brd_…`: one that knows the person. */
  brandId: string;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
};

/** Numbers from one to another, both included. */
export type NumberRange = {
  /** The least. */
  atLeast?: number | null | undefined;
  /** The most. */
  atMost?: number | null | undefined;
};

/** A scan by somebody unknown. */
export type OpenClaimInput = {
  /** The text of the code. */
  code: string;
  /** What tells the device apart from others; a device has one claim on a code. */
  deviceId?: string | null | undefined;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** Who wants Mu again. */
export type OptInToMuInput = {
  /** Whose wallet it is: a brand must say; a customer means their own and leaves it out. */
  customer?: CustomerBy | null | undefined;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
};

/** Who wants no Mu any more. */
export type OptOutOfMuInput = {
  /** Whose wallet it is: a brand must say; a customer means their own and leaves it out. */
  customer?: CustomerBy | null | undefined;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
};

/** Where an order was made, what led to it, and whether it is the first of its customer with the brand; each order falls into exactly one. */
export type OrderBucket =
  /** By paid advertising, although the customer had ordered before. */
  | 'DIRECT_ADTECH_KNOWN'
  /** By paid advertising; the first. */
  | 'DIRECT_ADTECH_NEW'
  /** By a message of the brand; a later one. */
  | 'DIRECT_CRM_KNOWN'
  /** By a message of the brand; the first. */
  | 'DIRECT_CRM_NEW'
  /** By itself, or nobody said; a later one. */
  | 'DIRECT_ORGANIC_KNOWN'
  /** By itself, or nobody said; the first. */
  | 'DIRECT_ORGANIC_NEW'
  /** Made with somebody in between. */
  | 'INTERMEDIATED';

/** What led to an order, as the brand says. */
export type OrderDriver =
  /** Paid advertising. */
  | 'ADTECH'
  /** The brand's own messages. */
  | 'CRM'
  /** Nothing the brand paid for or sent. */
  | 'ORGANIC';

/** Where an order was made. */
export type OrderSurface =
  /** In the brand's own shop, site or app. */
  | 'OWN'
  /** With somebody in between, such as a marketplace. */
  | 'THIRD_PARTY';

/** What the customer has bought; all that is given must hold. */
export type OrdersCondition = {
  /** How many orders; 0 for none ever. */
  count?: NumberRange | null | undefined;
  /** When the first one was made. */
  first?: MomentRange | null | undefined;
  /** When the last one was made. */
  last?: MomentRange | null | undefined;
  /** What all of them brought, less what was paid back, in the brand’s currency. */
  value?: MoneyRange | null | undefined;
};

/** A stretch of the brand’s local days, both included. */
export type PeriodInput = {
  /** The first day, as 2026-11-01. */
  firstDay: string;
  /** The last day, as 2026-11-30; at most 365 days later. */
  lastDay: string;
};

/** What is set aside for one purpose. */
export type PlannedLineInput = {
  /** How much over all days, as a decimal of the brand’s currency. */
  amount: string;
  /** What it is for; each purpose once. */
  purpose: SpendPurpose;
};

/** A poll. */
export type PollInput = {
  /** What a vote pays; 0 for nothing. */
  mu: number;
  /** From 2 to 20 options, none twice. */
  options: Array<string>;
  /** The question, one line. */
  question: string;
};

/** An answer to a prediction. */
export type PredictionAnswerInput = {
  /** Place of the option, from 0. */
  choice: number;
  /** Mu of the customer’s own on it, from 1 to 100, where the magnet allows it. */
  stakeMu?: number | null | undefined;
};

/** A prediction. */
export type PredictionInput = {
  /** Whether customers who confirmed who they are may put Mu of their own on an answer. */
  allowsStake?: boolean | null | undefined;
  /** What an answer pays at once; 0 for nothing. */
  muForAnswering: number;
  /** What a right answer without a stake pays when it is resolved; set aside for each answer. */
  muForRight: number;
  /** From 2 to 20 options, none twice. */
  options: Array<string>;
  /** The question, one line. */
  question: string;
};

/** What became of an answer to a prediction. */
export type PredictionOutcome =
  /** Not resolved, or not settled yet. */
  | 'PENDING'
  /** It came true. */
  | 'RIGHT'
  /** The prediction was called off; a stake went back. */
  | 'VOID'
  /** It did not come true. */
  | 'WRONG';

/** An answer to a question about the customer, as the magnet asks it. */
export type PreferenceAnswerInput =
  {   /** Place of the option, from 0. */
  choice: number; text?: never; }
  |  { choice?: never;   /** One line, where there are no options. */
  text: string; };

/** A question about the customer. */
export type PreferenceInput = {
  /** What the customer is shown and agrees to by answering. */
  consentText: string;
  /** Your version of that text. */
  consentVersion: string;
  /** What an answer pays; 0 for nothing. */
  mu: number;
  /** From 2 to 20 options, none twice; left out where the answer is a text. */
  options?: Array<string> | null | undefined;
  /** What you use the answer for. */
  purpose: string;
  /** The question, one line. */
  question: string;
  /** Days after which it may be answered again, and pays again; never when left out. */
  reaskAfterDays?: number | null | undefined;
};

/** How long a customer had been silent before they were paid for: without attention that counts, and without an order. */
export type PriorState =
  /** Heard of lately: in the 30 days before, unless the brand has set other days. */
  | 'ACTIVE'
  /** Long silent: last heard of 91 to 365 days before. */
  | 'DORMANT'
  /** Somewhat silent: last heard of 31 to 60 days before. */
  | 'DRIFTING'
  /** Silent: last heard of 61 to 90 days before. */
  | 'INACTIVE'
  /** Last heard of longer ago than that. */
  | 'LOST'
  /** Known for more than those 30 days and never heard of. */
  | 'NEVER';

/** The journey to publish. */
export type PublishJourneyInput = {
  /** What the version does; what the journey was made with when left out. */
  definition?: JourneyDefinitionInput | null | undefined;
  /** Id of the journey, `jny_…`. */
  id: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** A time of day at which nothing is sent, by the clock of the customer. */
export type QuietHoursInput = {
  /** When it begins, such as 22:00. */
  from: string;
  /** When it is over, such as 08:00. */
  until: string;
};

/** A quiz. */
export type QuizInput = {
  /** What each right answer pays; 0 for nothing. */
  muPerRight: number;
  /** From 1 to 10 questions. */
  questions: Array<QuizQuestionInput>;
};

/** A question of a quiz. */
export type QuizQuestionInput = {
  /** From 2 to 20 options, none twice. */
  options: Array<string>;
  /** Place of the right option, from 0. */
  right: number;
  /** The question, one line. */
  text: string;
};

/** Money that is to pay customers for their attention instead. */
export type ReallocateToMuInput = {
  /** How much, as a decimal of the brand’s currency such as "56700.00". */
  amount: string;
  /** The local day it counts on, as 2026-11-21; today if left out. */
  day?: string | null | undefined;
  /** What the money was for; not ATTENTION. */
  from: SpendPurpose;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** Why; it is kept with the decision. */
  reason: string;
};

/** What the division is to be about. */
export type RecomputeSegmentationInput = {
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** How many days back its revenue goes, from 1 to 3,650. */
  trailingDays?: number | null | undefined;
};

/** Several acquisitions, each with its own key. */
export type RecordAcquisitionBatchInput = {
  /** At most 500. */
  acquisitions: Array<RecordAcquisitionInput>;
};

/** Somebody who came to a brand, and how. */
export type RecordAcquisitionInput = {
  /** When they came; now if left out. */
  acquiredAt?: string | null | undefined;
  /** The campaign, as the brand calls it. */
  campaign?: string | null | undefined;
  /** What they cost, as a decimal such as "100.00"; if left out they share what the campaign cost. */
  cost?: string | null | undefined;
  /** The currency of the cost by its ISO 4217 code; the brand’s if left out. */
  currency?: string | null | undefined;
  /** Its id in the brand’s own systems, such as that of the click; recorded once. */
  externalId?: string | null | undefined;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** What they gave of themselves, at most 10: keys of customers the brand has identified. Any that is of somebody who was a customer before tells that they are back. */
  identities: Array<CustomerBy>;
  /** By what way they came. */
  route: MarketingRoute;
};

/** Events to record in one call, each with a key of its own. */
export type RecordAttentionBatchInput = {
  /** At most 500 events. */
  events: Array<RecordAttentionInput>;
};

/** Something a customer did. */
export type RecordAttentionInput = {
  /** What they did. */
  action: AttentionAction;
  /** Where; the message’s channel when left out. */
  channel?: Channel | null | undefined;
  /** Which of the brand’s own actions, for the action CUSTOM; required once it has registered any. */
  customAction?: string | null | undefined;
  /** Who did it. */
  customer: CustomerBy;
  /** How long it took, in milliseconds. */
  durationMs?: number | null | undefined;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** Your mail provider says a machine fetched it: stored, pays nothing. */
  machineOpen?: boolean | null | undefined;
  /** The message it was done to, if any. */
  messageId?: string | null | undefined;
  /** When, as you saw it; now when left out. At most 5 minutes ahead, 30 days back. */
  occurredAt?: string | null | undefined;
  /** Anything else about the event. */
  properties?: Record<string, unknown> | null | undefined;
  /** How far along the customer is, where you know it. */
  stage?: FunnelStage | null | undefined;
  /** The client’s User-Agent, to tell machines. */
  userAgent?: string | null | undefined;
};

/** Which message reached whom, and when. */
export type RecordDeliveriesInput = {
  /** Whom it reached; at most 500 customers. */
  customers: Array<CustomerBy>;
  /** When it reached them, as the sender says; now when left out. */
  deliveredAt?: string | null | undefined;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** The message, `msg_…`. */
  messageId: string;
  /** What became of it; DELIVERED when left out. BOUNCED and SUPPRESSED may follow a delivery and stay. */
  state?: DeliveryState | null | undefined;
};

/** A message, with the Mu it offers to each customer who gets it. */
export type RecordMessageInput = {
  /** What all other actions of one customer pay together at most. */
  actionMuMax?: number | null | undefined;
  /** How many customers get it. With it, audience × (openMu + actionMuMax) is set aside now and all pay comes out of that; without it, pay comes out of the budget while that lasts. */
  audience?: number | null | undefined;
  /** The campaign it belongs to. */
  campaign?: string | null | undefined;
  /** How it is sent. */
  channel: Channel;
  /** The experiment it is sent for, `exp_…`. It then pays out of the experiment’s reserve, and only customers whom the experiment treats; `audience` stays out. */
  experimentId?: string | null | undefined;
  /** When the offer ends and the unused rest goes back to the budget. */
  expiresAt?: string | null | undefined;
  /** Its id in your system; once per brand. */
  externalId: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** What it is for; MICRON when left out. */
  kind?: MessageKind | null | undefined;
  /** What the first verified open pays. */
  openMu?: number | null | undefined;
  /** The em of a series that it is, `emi_…`; its kind is then EM unless said otherwise. */
  seriesItemId?: string | null | undefined;
  /** Its subject or first line. */
  subject?: string | null | undefined;
};

/** Orders to record together. */
export type RecordOrderBatchInput = {
  /** At most 500 orders, each with its own key. */
  orders: Array<RecordOrderInput>;
};

/** A customer's order with the brand. */
export type RecordOrderInput = {
  /** What it cost in all, as a decimal such as "29.33"; 0 is an amount. */
  amount: string;
  /** The campaign it is put down to. */
  campaign?: string | null | undefined;
  /** What the brand itself paid for what it sold, as a decimal of the same currency; for margins. */
  cost?: string | null | undefined;
  /** The currency by its ISO 4217 code, such as INR. Sums are of the brand's own currency; orders in others are kept and counted apart. */
  currency: string;
  /** Who ordered; a customer the brand has identified. */
  customer: CustomerBy;
  /** What led to it; counts as ORGANIC when left out. */
  driver?: OrderDriver | null | undefined;
  /** The order's id in the brand's own systems, unique there. */
  externalId: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** How many things were bought; at least 1. */
  items: number;
  /** When it was ordered; any time in the past. */
  orderedAt: string;
  /** Where it was made; the brand's own shop when left out. */
  surface?: OrderSurface | null | undefined;
};

/** A customer's purchase. */
export type RecordPurchaseInput = {
  /** What it cost in all, as a decimal such as "29.33"; 0 is an amount. */
  amount: string;
  /** The currency by its ISO 4217 code, such as INR. */
  currency: string;
  /** Who ordered; a customer the brand has identified. */
  customer: CustomerBy;
  /** The purchase's id in the brand's own systems, unique there. */
  externalId: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** How many things were bought; at least 1. */
  items: number;
  /** When it was ordered; any time in the past. */
  purchasedAt: string;
};

/** Several records of spend, each with its own key. */
export type RecordSpendBatchInput = {
  /** At most 500. */
  spend: Array<RecordSpendInput>;
};

/** Money a brand spent on marketing. */
export type RecordSpendInput = {
  /** How much, as a decimal such as "6300.00". */
  amount: string;
  /** The campaign; acquisitions of it that name no cost share what it cost. */
  campaign?: string | null | undefined;
  /** The amount was given back, or recorded by mistake: it is taken off. */
  credit?: boolean | null | undefined;
  /** The currency by its ISO 4217 code; the brand’s if left out. */
  currency?: string | null | undefined;
  /** Its id in the brand’s own systems; recorded once. */
  externalId?: string | null | undefined;
  /** The first local day it was spent in, as 2026-11-21. */
  firstDay: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** The last local day, at most 365 later; the first one if left out. */
  lastDay?: string | null | undefined;
  /** What it was spent for. */
  purpose: SpendPurpose;
  /** By what way it went. */
  route: MarketingRoute;
};

/** What was shown, and where. */
export type RecordVelvetArrivalInput = {
  /** What `createVelvetCredential` made, as it was read. */
  credential: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** The store, as you call it, in at most 200 bytes. */
  storeId: string;
};

/** What Mu is to be spent on: an item of the shop, or an amount for anything. */
export type RedeemInput = {
  /** How much, without an item, from 1 to 10^15; there is no minimum balance. */
  amount?: number | null | undefined;
  /** Whose Mu it is: a brand must say; a customer spends their own and leaves it out. */
  customer?: CustomerBy | null | undefined;
  /** What an amount is spent on; not to be given with an item. */
  description?: string | null | undefined;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
  /** The item; its price is what it costs now. */
  itemId?: string | null | undefined;
};

/** The perk that is used. */
export type RedeemPerkInput = {
  /** Id of the perk. */
  id: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** Where a redemption stands. Only PENDING is left again, and only once. */
export type RedemptionState =
  /** Called off before it was captured: the Mu went back to the wallet. */
  | 'CANCELLED'
  /** Confirmed: the Mu is spent. */
  | 'CAPTURED'
  /** Nobody captured it in time: the Mu went back to the wallet. */
  | 'EXPIRED'
  /** The Mu is on hold; it waits to be captured or cancelled. */
  | 'PENDING'
  /** Captured and later reversed: the Mu went back to the wallet. */
  | 'REVERSED';

/** Whom a referral paid, and for what. */
export type ReferralPaymentPurpose =
  /** To the friend, for coming. */
  | 'FRIEND'
  /** To the referrer, for the friend’s activation. */
  | 'REFERRER'
  /** To the referrer: a share of what the friend earned. */
  | 'SHARE';

/** Where a referral stands. */
export type ReferralState =
  /** The friend is known for sure, and both have been paid. */
  | 'ACTIVE'
  /** The friend came by the link; nothing has been paid yet. */
  | 'PENDING'
  /** What was paid for it has been taken back; the share has ended. */
  | 'REVERSED';

/** Money paid back for an order, all of it or a part. */
export type RefundOrderInput = {
  /** How much, as a decimal of the order's currency; all that is left of the order when left out. */
  amount?: string | null | undefined;
  /** The order's id in the brand's own systems. */
  externalId: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** Why, in a line. */
  reason?: string | null | undefined;
  /** When it was paid back; now when left out. */
  refundedAt?: string | null | undefined;
};

/** An action of the brand’s own; a name used before is described anew. */
export type RegisterCustomActionInput = {
  /** What it is, for people. */
  description?: string | null | undefined;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** Name, as events will give it; at most 64 bytes. */
  name: string;
};

/** The delivery to send once more. */
export type ReplayWebhookInput = {
  /** The delivery. */
  deliveryId: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** What an endpoint shall be sent once more. */
export type ReplayWebhooksInput = {
  /** The endpoint. */
  endpointId: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** From when on; events are kept for a month. */
  since: string;
};

/** What a report is about. */
export type ReportKind =
  /** What a board asks of a brand’s customers and its money. */
  | 'EXECUTIVE_SUMMARY';

/** How often a report comes. */
export type ReportPeriod =
  /** Months of the calendar. */
  | 'MONTH'
  /** Weeks, which begin on Monday. */
  | 'WEEK';

/** A correction of a wallet that a second person is to approve. */
export type RequestAdjustmentInput = {
  /** How much, from 1 to 10^15. */
  amount: number;
  /** The brand whose budget it is: the platform must say, a brand can only name itself. */
  brandId?: string | null | undefined;
  /** Whose wallet. */
  customer: CustomerBy;
  /** Which way the Mu is to move. */
  direction: AdjustmentDirection;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
  /** Why; shown on the statement for good, so without personal data. */
  reason: string;
};

/** What came true of a prediction. */
export type ResolveMagnetInput = {
  /** Id of the magnet. */
  id: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** Place of the option that came true, from 0. */
  winningOption: number;
};

/** The transfer to undo. */
export type ReverseTransferInput = {
  /** Id of the transfer. */
  id: string;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
  /** Why; shown on the statement for good, so without personal data. The first reason is repeated when left out. */
  reason?: string | null | undefined;
};

/** An API key to revoke. */
export type RevokeApiKeyInput = {
  /** The key to revoke. */
  id: string;
  /** 8 to 200 printable characters; the same key answers the first answer again. */
  idempotencyKey: string;
};

/** Whose membership is taken back. */
export type RevokeVelvetInput = {
  /** Whose it is. */
  customer: CustomerBy;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** The endpoint that shall have a new secret. */
export type RotateWebhookSecretInput = {
  /** The endpoint. */
  id: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** A micron that a person saves. */
export type SaveMicronInput = {
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
  /** A micron of the person’s box, `dlv_…`. */
  micronId: string;
};

/** An em to put at the end of a series. */
export type ScheduleEmInput = {
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** Where it leads, by https. */
  link?: string | null | undefined;
  /** Which series, `ems_…`. */
  seriesId: string;
  /** Subject line. */
  subject: string;
};

/** A report that shall come by itself. */
export type ScheduleReportInput = {
  /** How often it comes. */
  every: ReportPeriod;
  /** A local day of the first period that is reported, as 2026-11-01: of the running one, or of one of the 12 before, which are reported at once. The running one if left out. */
  firstDay?: string | null | undefined;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** What it is about. */
  kind: ReportKind;
};

/** What a model of the brand's own says of one customer. */
export type ScoreInput = {
  /** Whom it is about. */
  customer: CustomerBy;
  /** What it is about. */
  kind: ScoreKind;
  /** How much; the kind says in what, and how large it may be. Null takes back what was said of the kind; to leave it out is refused. */
  value?: number | null | undefined;
};

/** What a model of the brand's own says of a customer. */
export type ScoreKind =
  /** The chance from 0 to 1 that they do not come back. */
  | 'CHURN_RISK'
  /** What they will bring, in whole units of the brand's currency, from 0; it wins over ours. */
  | 'CLV'
  /** Days until they order next, from 0 to 3650. */
  | 'DAYS_TO_NEXT_ORDER'
  /** The chance from 0 to 1 that they order in the next 30 days. */
  | 'ORDER_CHANCE'
  /** How likely they recommend the brand, from 0 to 10. */
  | 'RECOMMENDATION';

/** What a customer has to do with a segment now. */
export type SegmentChange =
  /** They meet its condition now. */
  | 'ENTERED'
  /** They meet its condition no longer. */
  | 'LEFT';

/** What customers are divided into best, rest, test and next by; the words mean something else in each. */
export type SegmentationModel =
  /** By worth and attention: BEST are worth most and attentive, REST are drifting away, TEST are gone. */
  | 'ATTENTION_2025'
  /** The Transaction–Attention Table: how far somebody has come with ordering, by how attentive they are. */
  | 'TAT_2026'
  /** By what customers are worth: of those who ever ordered the best 20% are BEST, the next 30% REST, the others TEST. */
  | 'VALUE_2021';

/** The endpoint to try. */
export type SendTestWebhookInput = {
  /** The endpoint. */
  endpointId: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** What a brand means to spend in some days. */
export type SetBudgetPlanInput = {
  /** The first local day, as 2026-11-01. */
  firstDay: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** The last local day; at most 365 later. */
  lastDay: string;
  /** By purpose; what is left out gets nothing. */
  lines: Array<PlannedLineInput>;
};

/** What a customer wants of a channel. */
export type SetChannelPreferenceInput = {
  /** The channel. */
  channel: Channel;
  /** Who: a brand must say; a customer speaks for themselves and leaves it out. */
  customer?: CustomerBy | null | undefined;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
  /** Whether they want messages on it. */
  preference: ChannelPreference;
  /** The hour of their day they like them best, 0 to 23; none when left out. */
  preferredHour?: number | null | undefined;
};

/** How long silence is called what; what is left out stays as it is. */
export type SetDormancyPolicyInput = {
  /** ACTIVE for at most so many days: 30 at first. */
  activeDays?: number | null | undefined;
  /** DORMANT for at most: 365 at first; then LOST. */
  dormantDays?: number | null | undefined;
  /** DRIFTING for at most: 60 at first. */
  driftingDays?: number | null | undefined;
  /** 8 to 200 printable characters; the same key answers the first answer again. */
  idempotencyKey: string;
  /** INACTIVE for at most: 90 at first. */
  inactiveDays?: number | null | undefined;
  /** With fewer messages since, silence says nothing: 3 at first. */
  minMessages?: number | null | undefined;
};

/** When and how often the brand writes to its customers. */
export type SetFrequencyPolicyInput = {
  /** At most one cap for each channel and one for all; they replace those before. */
  caps: Array<FrequencyCapInput>;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** When it leaves alone who has no quiet hours of their own; never when left out. */
  quietHours?: QuietHoursInput | null | undefined;
};

/** When a customer is to be left alone. */
export type SetQuietHoursInput = {
  /** Who: a brand must say; a customer speaks for themselves and leaves it out. */
  customer?: CustomerBy | null | undefined;
  /** When it begins on their clock, such as 22:00; null with `until` for the brand’s again. */
  from?: string | null | undefined;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
  /** When it is over, such as 08:00; the same time as `from` for never. */
  until?: string | null | undefined;
};

/** What single things cost; what is left out stays as it is. */
export type SetUnitCostsInput = {
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** What messages cost; channels that are left out stay as they are. */
  messageCosts?: Array<MessageCostInput> | null | undefined;
  /** What the brand pays for a Mu, as a decimal of its currency with at most six decimals. */
  muPrice?: string | null | undefined;
  /** What serving one order costs. */
  serviceCostPerOrder?: string | null | undefined;
  /** After how many days, 1 to 365, it is said of acquisitions recorded from now on whether they stayed. */
  survivalDays?: number | null | undefined;
};

/** What sort of thing an item is. */
export type ShopItemKind =
  /** A code, a file, a service: it is there at once. */
  | 'DIGITAL'
  /** Something to take part in, such as a tasting. */
  | 'EXPERIENCE'
  /** A thing that is handed over or sent. */
  | 'GOOD';

/** Something a customer might do. */
export type SimulateEarnInput = {
  /** What they did. */
  action: AttentionAction;
  /** Where; the message’s channel when left out. */
  channel?: Channel | null | undefined;
  /** Which of the brand’s own actions, for the action CUSTOM; required once it has registered any. */
  customAction?: string | null | undefined;
  /** Who did it. */
  customer: CustomerBy;
  /** How long it took, in milliseconds. */
  durationMs?: number | null | undefined;
  /** Your mail provider says a machine fetched it: stored, pays nothing. */
  machineOpen?: boolean | null | undefined;
  /** The message it was done to, if any. */
  messageId?: string | null | undefined;
  /** When, as you saw it; now when left out. At most 5 minutes ahead, 30 days back. */
  occurredAt?: string | null | undefined;
  /** Anything else about the event. */
  properties?: Record<string, unknown> | null | undefined;
  /** How far along the customer is, where you know it. */
  stage?: FunnelStage | null | undefined;
  /** The client’s User-Agent, to tell machines. */
  userAgent?: string | null | undefined;
};

/** What money is spent for. */
export type SpendPurpose =
  /** To win new customers. */
  | 'ACQUISITION'
  /** Mu and the messages that carry it: paying customers themselves for their attention. */
  | 'ATTENTION'
  /** To be known, by no customer in particular. */
  | 'BRAND'
  /** To win back, through others, customers the brand had. */
  | 'REACQUISITION'
  /** To keep and grow the customers there are. */
  | 'RETENTION';

/** The journey to stop. */
export type StopJourneyInput = {
  /** Id of the journey, `jny_…`. */
  id: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** What happened to a streak. */
export type StreakChange =
  /** One longer than before. */
  | 'ADVANCED'
  /** A day or a message was missed. */
  | 'BROKEN'
  /** Begun, or begun anew after a break. */
  | 'RESTARTED';

/** The longest streak the customer is on now. */
export type StreakCondition = {
  /** How long it is; 0 without one. */
  current: NumberRange;
  /** Only streaks of the earn rule of this name; of any when left out. */
  rule?: string | null | undefined;
};

/** A streak; what is left out has the published default. */
export type StreakPolicyInput = {
  /** Length from which payment stops growing; 5. */
  cap?: number | null | undefined;
  /** Missed units that are forgiven; 0. */
  graceUnits?: number | null | undefined;
  /** Length after a break; 1. */
  resetTo?: number | null | undefined;
  /** Whose attention keeps it going; BRAND. Only days may have another. */
  scope?: StreakScope | null | undefined;
  /** Length of the first unit; 1. */
  startAt?: number | null | undefined;
  /** What is counted; DAY. */
  unit?: StreakUnit | null | undefined;
  /** Hours within which a message must get its event, from 1 to 720; 72. */
  windowHours?: number | null | undefined;
};

/** Whose attention keeps a streak of days going. */
export type StreakScope =
  /** Attention to this brand. */
  | 'BRAND'
  /** Attention to any brand, for customers who allow this one NETWORK_STREAK; for others as BRAND. */
  | 'NETWORK';

/** Whether a streak goes on. */
export type StreakState =
  /** The next unit makes it longer. */
  | 'ALIVE'
  /** A unit was missed; the next one starts anew. */
  | 'BROKEN';

/** What a streak counts. */
export type StreakUnit =
  /** Consecutive local days with a qualifying event. */
  | 'DAY'
  /** Consecutive delivered messages, each with a qualifying event in its window. */
  | 'MESSAGE'
  /** As MESSAGE, each series of ems by itself and no other message. */
  | 'SERIES';

/** An answer to a magnet. */
export type SubmitMagnetResponseInput = {
  /** The answer, in the field of the magnet’s kind. */
  answer: MagnetAnswerInput;
  /** Who answers: a brand must say; a customer answers for themselves. */
  customer?: CustomerBy | null | undefined;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
  /** The magnet. */
  magnetId: string;
  /** The message it was seen in, where the magnet has none of its own; only a brand says so. */
  messageId?: string | null | undefined;
};

/** Who told us what a customer wants. */
export type Teller =
  /** The brand, by one of its keys. */
  | 'BRAND'
  /** The customer, by a token of their own. */
  | 'CUSTOMER';

/** What a series is divided into. */
export type TimeBucket =
  /** Local days. */
  | 'DAY'
  /** Months of the calendar. */
  | 'MONTH'
  /** Weeks, which begin on Monday. */
  | 'WEEK';

/** A trait of the customer. Of a trait that is a list, one item must meet all that is asked of it. */
export type TraitCondition = {
  /** It is a number, and at least this one. */
  atLeast?: number | null | undefined;
  /** It is a number, and at most this one. */
  atMost?: number | null | undefined;
  /** This text is part of it, letter by letter; `%`, `_` and `\` are what they are. */
  contains?: string | null | undefined;
  /** It is this text; a number or boolean as it is written. */
  equals?: string | null | undefined;
  /** Whether there is such a trait; false stands alone. */
  exists?: boolean | null | undefined;
  /** It is one of these texts. */
  in?: Array<string> | null | undefined;
  /** Name of the trait. */
  name: string;
};

/** A trait and the value it must have. */
export type TraitEqualsInput = {
  /** Name of the trait. */
  name: string;
  /** Its value; a number or boolean as it is written. A trait that is a list needs it among its items. */
  value: string;
};

/** A trait and the values of which it must have one. */
export type TraitInInput = {
  /** Name of the trait. */
  name: string;
  /** Its values, compared as in `traitEquals`. */
  values: Array<string>;
};

/** How far ordering has come. */
export type TransactionProgress =
  /** Ordered once. */
  | 'FIRST'
  /** Ordered four times or more, or is among the 20% who are worth most. */
  | 'LOYAL'
  /** Never ordered. */
  | 'NO_ORDER'
  /** Ordered two or three times. */
  | 'REPEAT';

/** Why Mu moved, and between which kinds of accounts. */
export type TransferKind =
  /** A correction by hand, signed off by two persons. */
  | 'ADJUSTMENT'
  /** Out of the wallet of a customer who has long been silent: the Mu is gone. */
  | 'DECAY'
  /** Out of the wallet of a customer who opted out: the Mu is gone. */
  | 'EXTINGUISH'
  /** From one customer's wallet into another's. */
  | 'GIFT'
  /** From a reserve or a budget into a customer's wallet, for attention. */
  | 'GRANT'
  /** From the wallet into the hold of a redemption. */
  | 'HOLD'
  /** A hold that was confirmed: the Mu is spent and gone. */
  | 'HOLD_CAPTURE'
  /** A hold that was cancelled or expired: back into the wallet. */
  | 'HOLD_RELEASE'
  /** From the mint into a brand's budget. */
  | 'ISSUE'
  /** From the wallet of a customer who was found to be another, into that one. */
  | 'MERGE'
  /** From a brand's budget into the reserve of one message. */
  | 'RESERVE'
  /** The unused rest of a reserve, back into the budget. */
  | 'RESERVE_RELEASE'
  /** The inverse of an earlier transfer. */
  | 'REVERSAL'
  /** From the wallet onto a prediction. */
  | 'STAKE'
  /** What a stake came to when the prediction was resolved, or the stake itself when it was void. */
  | 'STAKE_RETURN'
  /** Back to a customer who was not the other after all: what came in for them meanwhile. */
  | 'UNMERGE';

/** What the last of the three numbers in a subject line says. */
export type TriadThird =
  /** The most that actions in the message pay, its open aside. */
  | 'ACTION_MAXIMUM'
  /** The most that the message pays in all, its open included. */
  | 'TOTAL';

/** Who draws, and from which pool. */
export type TriggerSurpriseInput = {
  /** Who draws. */
  customer: CustomerBy;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** Id of the pool. */
  poolId: string;
};

/** A merge that was wrong. */
export type UnmergeCustomersInput = {
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
  /** Id of the merge, `mrg_…`. */
  merge: string;
  /** How you know that they are two. */
  reason: string;
};

/** A saved micron that a person lets go. */
export type UnsaveMicronInput = {
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
  /** A micron of the person’s box, `dlv_…`. */
  micronId: string;
};

/** Settings of a brand to change; what is left out stays as it is. */
export type UpdateBrandInput = {
  /** The addresses whose mails may post AMP forms, all of them anew. */
  ampSenders?: Array<string> | null | undefined;
  /** The brand to change: the platform must name it, a brand's key means its own. */
  brandId?: string | null | undefined;
  /** For the platform: how much cost flows into the bucket each second; null means the default. */
  bucketPerSecond?: number | null | undefined;
  /** For the platform: how much cost the brand's bucket holds, one in each process; null means the default. */
  bucketSize?: number | null | undefined;
  /** 8 to 200 printable characters; the same key answers the first answer again. */
  idempotencyKey: string;
  /** Where links in mails may lead: origins such as https://shop.example, all of them anew. A link to anywhere else leads nowhere. */
  linkOrigins?: Array<string> | null | undefined;
  /** Attention that happened longer ago is refused: 1 to 365 days. */
  maxEventAgeDays?: number | null | undefined;
  /** The name people know the brand by. */
  name?: string | null | undefined;
  /** The verification key of SendGrid's event webhook, as its settings show it; null removes it. */
  sendgridPublicKey?: string | null | undefined;
  /** IANA time zone in which the brand's days begin, such as Asia/Kolkata. */
  timezone?: string | null | undefined;
  /** What the third number of a subject line is; null means ACTION_MAXIMUM. */
  triadThird?: TriadThird | null | undefined;
};

/** What is to change; what is left out stays. */
export type UpdateEmSeriesInput = {
  /** When an item is sent from now on. */
  dailySlot?: string | null | undefined;
  /** Which series, `ems_…`. */
  id: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** What it is called from now on. */
  name?: string | null | undefined;
  /** Whether it goes out from now on. */
  state?: EmSeriesState | null | undefined;
};

/** What shall be different about an endpoint; what is left out stays. */
export type UpdateWebhookEndpointInput = {
  /** False pauses it and gives up what waits to be sent; true activates it again, also after it failed or was gone. */
  active?: boolean | null | undefined;
  /** What it is for; null takes it away. */
  description?: string | null | undefined;
  /** The endpoint. */
  id: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** Of what it shall be told; `*` is everything. */
  topics?: Array<string> | null | undefined;
  /** Where requests go: https, a public name, port 443 or 8443, no user or password. */
  url?: string | null | undefined;
};

/** What is left out stays as it is; null goes back to the default. */
export type UpdateWorthSettingsInput = {
  /** The rule, unless set. */
  clvModel?: ClvModel | null | undefined;
  /** The usual pause between orders in days, 1 to 3650, while no customer has come back; 90 unless set. */
  daysBetweenOrders?: number | null | undefined;
  /** By how much a year makes money worth less, from 0 to 10; 0.1 unless set. */
  discount?: number | null | undefined;
  /** How many years ahead it looks, from 1 to 50; 3 unless set. */
  horizonYears?: number | null | undefined;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** What the brand keeps of an order, from 0 to 1; 0.4 unless set. */
  margin?: number | null | undefined;
  /** The share of customers who stay from one year to the next, 0 to 1; 0.8 unless set. */
  yearlyRetention?: number | null | undefined;
};

/** A rule to publish; a name used before gets a new version. */
export type UpsertEarnRuleInput = {
  /** The action it pays. */
  action: AttentionAction;
  /** What it pays; with a streak, what each day counts for. */
  amount: number;
  /** Only for customers of whom all of this holds. */
  audience?: Array<EarnAudienceInput> | null | undefined;
  /** Only on this channel. */
  channel?: Channel | null | undefined;
  /** Only on these channels, and on `channel` if that is there too. */
  channels?: Array<Channel> | null | undefined;
  /** For the action CUSTOM: only this one of the brand’s own actions. */
  customAction?: string | null | undefined;
  /** False publishes a version that pays nothing. */
  enabled?: boolean | null | undefined;
  /** Pays events before this moment. */
  endsAt?: string | null | undefined;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** The most it pays all customers together, over all versions. */
  maxMuInTotal?: number | null | undefined;
  /** The most it pays all customers together for messages of one campaign, over all versions. */
  maxMuPerCampaign?: number | null | undefined;
  /** The most it pays one customer, over all versions. */
  maxMuPerCustomer?: number | null | undefined;
  /** The most it pays one customer on one of their local days, over all versions. */
  maxMuPerCustomerPerDay?: number | null | undefined;
  /** Only for messages of these kinds; attention without a message then pays nothing. */
  messageKinds?: Array<MessageKind> | null | undefined;
  /** Events below this confidence are not paid. */
  minConfidence?: number | null | undefined;
  /** Whom to pay another percentage of the amount; the highest that concerns a customer counts. */
  multipliers?: Array<EarnMultiplierInput> | null | undefined;
  /** Name within the brand. */
  name: string;
  /** Payments a local day to one customer for attention without a message; 1. */
  perCustomerPerDay?: number | null | undefined;
  /** Of exclusive rules that can pay, the highest priority does; of equal ones the one that pays most, then the first by name. */
  priority?: number | null | undefined;
  /** Whether it competes with other rules, or pays besides. */
  stacking?: EarnStacking | null | undefined;
  /** Only for events that say they are of this stage. */
  stage?: FunnelStage | null | undefined;
  /** Pays events from this moment on. */
  startsAt?: string | null | undefined;
  /** Makes the amount the base of a streak; `{}` is the published default. */
  streak?: StreakPolicyInput | null | undefined;
};

/** A mapping as it shall be; the one of that name is changed. */
export type UpsertEventMappingInput = {
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** Its name, in at most 200 bytes. */
  key: string;
  /** What the events of the source mean here. */
  mapping: EventMappingInput;
};

/** A referral programme as it shall be. Friends who came keep their terms. */
export type UpsertReferralProgramInput = {
  /** What the friend gets when activated, from 0. */
  friendMu: number;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** An https address the code is appended to; left out, links are `/r/<code>`. */
  linkBase?: string | null | undefined;
  /** Whether friends are taken in; false gives the rest of the reserve back. */
  open?: boolean | null | undefined;
  /** What the referrer gets when the friend is activated, from 0. */
  referrerMu?: number | null | undefined;
  /** What shall be set aside for it: what the reserve lacks is moved there from the budget. */
  reserve?: number | null | undefined;
  /** What the share of one friend comes to at most, from 0. */
  shareCapMu?: number | null | undefined;
  /** For how many days after the activation the share is paid, 0 to 3,650. */
  shareDays?: number | null | undefined;
  /** The referrer’s share of what the friend earns by attention, 0 to 100 percent. */
  sharePercent?: number | null | undefined;
};

/** A segment as it shall be; the one of that name is changed. */
export type UpsertSegmentInput = {
  /** What its members meet. */
  condition: CustomerCondition;
  /** What it is for. */
  description?: string | null | undefined;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** Its name, in at most 200 bytes. */
  name: string;
};

/** An item as it shall be in the shop; what was there of its id goes. */
export type UpsertShopItemInput = {
  /** Whether it can be redeemed. */
  available?: boolean | null | undefined;
  /** The brand that gives it: the platform must say, a brand can only name itself. */
  brandId?: string | null | undefined;
  /** What it is. */
  description?: string | null | undefined;
  /** From when on it no longer can. */
  endsAt?: string | null | undefined;
  /** How long a redemption is held, at most the usual time (a week), which is the default. */
  expiresInSeconds?: number | null | undefined;
  /** Its id in your systems; an id used before changes that item. */
  externalId: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
  /** Address of a picture, by https. */
  imageUrl?: string | null | undefined;
  /** What sort of thing it is. */
  kind?: ShopItemKind | null | undefined;
  /** What a wallet must hold before the item can be redeemed. */
  minimumBalance?: number | null | undefined;
  /** What it is called; shown on the customer’s statement. */
  name: string;
  /** How many one customer may have; as many as they like when left out. */
  perCustomer?: number | null | undefined;
  /** What it costs, from 1 to 10^15. */
  price: number;
  /** From when on it can be redeemed. */
  startsAt?: string | null | undefined;
  /** How many are left from now on, those on hold not counted; without end when left out. */
  stock?: number | null | undefined;
  /** What to know before redeeming. */
  terms?: string | null | undefined;
};

/** Why a mutation was refused, or did less than asked. The request itself was fine. */
export type UserErrorCode =
  /** The customer has answered before, and an answer is given once. */
  | 'ALREADY_ANSWERED'
  /** The claim is somebody’s already, or the customer has had the Mu of its code. */
  | 'ALREADY_CLAIMED'
  /** Something with this natural key exists already. */
  | 'ALREADY_EXISTS'
  /** Both are the same customer already. */
  | 'ALREADY_MERGED'
  /** The friend was brought by somebody before. */
  | 'ALREADY_REFERRED'
  /** It ends once and has ended before: a hold, a prediction, a request. */
  | 'ALREADY_RESOLVED'
  /** The transfer has been reversed before; a transfer is reversed once. */
  | 'ALREADY_REVERSED'
  /** An amount of Mu must be at least 1. */
  | 'AMOUNT_NOT_POSITIVE'
  /** The amount, or the balance it would lead to, is above the limit. */
  | 'AMOUNT_TOO_LARGE'
  /** The wallet is below the minimum balance the item asks for. */
  | 'BELOW_MINIMUM_BALANCE'
  /** The brand's budget, or the message's reserve, cannot pay this. */
  | 'BUDGET_EXHAUSTED'
  /** Later merges stand on this one, or what it moved is not known any more. */
  | 'CANNOT_UNMERGE'
  /** The claim has expired and its Mu has gone back. */
  | 'CLAIM_EXPIRED'
  /** Nothing waits in the claim yet: what its code asks for has not been done. */
  | 'CLAIM_NOT_ANSWERED'
  /** The confirmation has been used, has expired, or was tried too often; begin a new one. */
  | 'CONFIRMATION_CLOSED'
  /** The customer confirmed who they are too short a while ago for this. */
  | 'COOLING_DOWN'
  /** The customer has been erased. */
  | 'CUSTOMER_ERASED'
  /** The customer has opted out of Mu: the wallet takes none and gives none. */
  | 'CUSTOMER_OPTED_OUT'
  /** It would be more than one may do in a day. */
  | 'DAILY_LIMIT_REACHED'
  /** The webhook endpoint is paused, failed, gone or deleted. */
  | 'ENDPOINT_INACTIVE'
  /** Another export of the brand is being written; wait until it is done. */
  | 'EXPORT_UNDER_WAY'
  /** The hold expired before it was captured. */
  | 'HOLD_EXPIRED'
  /** The idempotency key was used before with another input. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** None of the customer’s addresses and numbers is confirmed with the brand. */
  | 'IDENTITY_NOT_CONFIRMED'
  /** The wallet holds less Mu than the command moves. */
  | 'INSUFFICIENT_MU'
  /** What was shown is not ours, is over, or is meant for another brand. */
  | 'INVALID_CREDENTIAL'
  /** Not an e-mail address that can be stored in canonical form. */
  | 'INVALID_EMAIL'
  /** Not a phone number with a country code. */
  | 'INVALID_PHONE'
  /** The text holds characters that cannot be stored, is empty, or is too long. */
  | 'INVALID_TEXT'
  /** The value is outside what the field accepts. */
  | 'INVALID_VALUE'
  /** The list or object is larger than the limit. */
  | 'LIMIT_EXCEEDED'
  /** The magnet takes no answers now: not yet, or no longer. */
  | 'MAGNET_CLOSED'
  /** The message has expired and its reserve has gone back to the budget. */
  | 'MESSAGE_EXPIRED'
  /** One of the two is a minor. */
  | 'MINOR'
  /** The customer has confirmed none of their identities with the brand. */
  | 'NOT_ACTIVATED'
  /** The item cannot be redeemed now: it is switched off, or outside its window. */
  | 'NOT_AVAILABLE'
  /** The customer is not among the brand’s best now. */
  | 'NOT_A_MEMBER'
  /** Nothing of that id or key is known to the caller. */
  | 'NOT_FOUND'
  /** A transfer of this kind cannot be reversed. */
  | 'NOT_REVERSIBLE'
  /** The event claims a time further ahead than clocks may differ. */
  | 'OCCURRED_AT_IN_FUTURE'
  /** The event is older than the brand accepts. */
  | 'OCCURRED_AT_TOO_OLD'
  /** None of the item is left; one comes back when a redemption is called off. */
  | 'OUT_OF_STOCK'
  /** The customer has redeemed the item as often as one customer may. */
  | 'PER_CUSTOMER_LIMIT'
  /** It stands for nobody: a placeholder, a template nobody filled in, or an address everybody types. */
  | 'PLACEHOLDER_IDENTITY'
  /** The pool does not draw now: not yet, not any more, or it was closed. */
  | 'POOL_CLOSED'
  /** The brand takes no friends in, or has set nothing up for them. */
  | 'PROGRAM_CLOSED'
  /** More than what is left of the order after earlier refunds. */
  | 'REFUND_TOO_LARGE'
  /** Nobody decided in time; ask for it anew. */
  | 'REQUEST_EXPIRED'
  /** Whoever asked for it cannot approve it; another API key must. */
  | 'SECOND_PERSON_NEEDED'
  /** Referrer and friend are one person, or brought each other. */
  | 'SELF_REFERRAL'
  /** The friend came on a device of the referrer. */
  | 'SHARED_DEVICE'
  /** The code is not the one that was sent. */
  | 'WRONG_CODE';

/** What a perk is made of. */
export type VelvetPerkKind =
  /** Something others get later, or not there. */
  | 'ACCESS'
  /** Something made easier: no queue, a person to call. */
  | 'EASE'
  /** Something others do not get. */
  | 'EXCLUSIVITY';

/** Where a customer stands behind the velvet rope. */
export type VelvetStatus =
  /** The customer has accepted. */
  | 'ACTIVE'
  /** The brand has invited the customer, who has not answered yet. */
  | 'INVITED'
  /** The brand has taken it back; it may invite again. */
  | 'REVOKED';

/** The prediction to call off. */
export type VoidMagnetInput = {
  /** Id of the magnet. */
  id: string;
  /** 8–200 printable characters, unique within the brand. */
  idempotencyKey: string;
};

/** Where a person stands with Mu; decides the call to action of a message’s footer. */
export type WalletState =
  /** Asked what Mu is, or has earned three times or more: offer to confirm who they are. */
  | 'ACTIVATE'
  /** Wants no Mu, of any brand: show nothing. */
  | 'OPTED_OUT'
  /** Has a confirmed identity: can redeem at any time. */
  | 'REDEEM'
  /** Does not know Mu yet: offer to explain it. */
  | 'WHATS_IT';

/** Where a delivery stands. */
export type WebhookDeliveryState =
  /** The endpoint answered with a status from 200 to 299. */
  | 'DELIVERED'
  /** It is not tried any more; `replayWebhook` sends it again. */
  | 'FAILED'
  /** It waits to be sent, for the first time or again. */
  | 'PENDING';

/** Whether events are sent to an endpoint, and why not. */
export type WebhookEndpointState =
  /** Events are sent to it. */
  | 'ACTIVE'
  /** The brand took it away; kept for the history of its deliveries. */
  | 'DELETED'
  /** Every attempt of some days has failed, so nothing is sent any more until it is activated. */
  | 'FAILED'
  /** It answered 410, so nothing is sent any more until it is activated. */
  | 'GONE'
  /** The brand switched it off; nothing is sent. */
  | 'PAUSED';

/** Why the last attempt did not deliver. */
export type WebhookFailure =
  /** The name leads to an address that is not public. */
  | 'ADDRESS_REFUSED'
  /** The endpoint was paused, failed, gone or deleted before it could be sent. */
  | 'ENDPOINT_INACTIVE'
  /** The endpoint answered with a status outside 200 to 299; redirects are not followed. */
  | 'STATUS'
  /** The endpoint did not answer in time. */
  | 'TIMEOUT'
  /** No connection, no such name, or no valid certificate. */
  | 'UNREACHABLE';

/** The answer to withdraw. */
export type WithdrawAnswerInput = {
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
  /** Id of the response, `rsp_…`. */
  responseId: string;
};

/** What a customer no longer allows the brand. */
export type WithdrawConsentInput = {
  /** When the customer said so; now when left out. The newest word counts. */
  at?: string | null | undefined;
  /** Who: a brand must say; a customer speaks for themselves and leaves it out. */
  customer?: CustomerBy | null | undefined;
  /** 8–200 printable characters, unique within the caller. */
  idempotencyKey: string;
  /** What it is about. */
  purpose: ConsentPurpose;
  /** Where the customer said so, for the record: a form, a shop, a call. */
  source?: string | null | undefined;
};

/** What the customer is worth to the brand; all that is given must hold. */
export type WorthCondition = {
  /** The probability, from 0 to 1, that they are still a customer. */
  alive?: NumberRange | null | undefined;
  /** The customer lifetime value, in the brand’s currency. */
  lifetimeValue?: MoneyRange | null | undefined;
};

/** What became of the last try to fit a model on the orders of a brand. */
export type WorthFitOutcome =
  /** No believable parameters explain when customers come back, as when all do the same. */
  | 'BUYING_UNFIT'
  /** The parameters were found. */
  | 'FITTED'
  /** No believable parameters explain what customers spend, as when all spend alike. */
  | 'SPENDING_UNFIT'
  /** Fewer customers have ordered than a model needs. */
  | 'TOO_FEW_CUSTOMERS'
  /** Fewer customers have come back and paid than a model needs. */
  | 'TOO_FEW_REPEAT_CUSTOMERS';

/** Who said what a customer is worth. */
export type WorthSource =
  /** The model fitted on the brand's orders; see docs/worth-model.md. */
  | 'BG_NBD'
  /** The brand's own model, by `ingestScores`; it wins. */
  | 'INGESTED'
  /** The rule of thumb over the customer’s own orders; see docs/worth.md. */
  | 'RULE';

export type AcceptVelvetInvitationMutationVariables = Exact<{
  input: AcceptVelvetInvitationInput;
}>;


export type AcceptVelvetInvitationMutation = { acceptVelvetInvitation: { replayed: boolean, velvetMember: { id: string, status: VelvetStatus, invitedAt: string, since: string | null, revokedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type ActivateReferralMutationVariables = Exact<{
  input: ActivateReferralInput;
}>;


export type ActivateReferralMutation = { activateReferral: { replayed: boolean, referral: { id: string, state: ReferralState, referrerMu: number, friendMu: number, sharePercent: number, shareCapMu: number, sharedMu: number, claimedAt: string, activatedAt: string | null, shareEndsAt: string | null, reversedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type AdWasteQueryVariables = Exact<{
  period?: PeriodInput | null | undefined;
}>;


export type AdWasteQuery = { brand: { adWaste: { share: number | null, acquisitions: number, trueNew: number, watched: number, alreadyAwake: number, unpriced: number, otherCurrency: number, asOf: string, modelVersion: string, reacquisition: { count: number, share: number | null, spend: { amount: string } }, wrongAcquisition: { count: number, withoutOrder: number, spend: { amount: string } }, wasted: { amount: string, currencyCode: string }, paidSpend: { amount: string }, reportedCac: { amount: string } | null, trueCac: { amount: string } | null, window: { from: string | null, until: string }, previous: { share: number | null, trueCac: { amount: string } | null } } | null } | null };

export type AdjustmentsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AdjustmentsQuery = { adjustments: { nodes: Array<{ id: string, direction: AdjustmentDirection, amount: number, reason: string, state: AdjustmentState, requestedAt: string, expiresAt: string, decidedAt: string | null, customer: { id: string, externalId: string | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AdvanceEmSeriesMutationVariables = Exact<{
  input: AdvanceEmSeriesInput;
}>;


export type AdvanceEmSeriesMutation = { advanceEmSeries: { replayed: boolean, emSeries: { id: string, externalId: string, name: string, dailySlot: string, state: EmSeriesState, createdAt: string, updatedAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type AllowBrandMutationVariables = Exact<{
  input: AllowBrandInput;
}>;


export type AllowBrandMutation = { allowBrand: { replayed: boolean, relationship: { micronboxPermission: MicronboxPermission, brand: { id: string, name: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type AnswerClaimMutationVariables = Exact<{
  input: AnswerClaimInput;
}>;


export type AnswerClaimMutation = { answerClaim: { replayed: boolean, claim: { id: string, state: ClaimState, mu: number | null, walletState: WalletState, answeredAt: string | null, expiresAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type ApproveAdjustmentMutationVariables = Exact<{
  input: ApproveAdjustmentInput;
}>;


export type ApproveAdjustmentMutation = { approveAdjustment: { replayed: boolean, adjustment: { id: string, direction: AdjustmentDirection, amount: number, reason: string, state: AdjustmentState, requestedAt: string, expiresAt: string, decidedAt: string | null } | null, transfer: { id: string, kind: TransferKind, amount: number, reason: string, postedAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type AttentionFunnelQueryVariables = Exact<{
  days?: FunnelWindow;
}>;


export type AttentionFunnelQuery = { brand: { attentionFunnel: { days: FunnelWindow, asOf: string, modelVersion: string, steps: Array<{ step: FunnelStepName, customers: number, rate: number | null }>, window: { from: string | null, until: string }, previous: { asOf: string, steps: Array<{ step: FunnelStepName, customers: number, rate: number | null }> } | null } | null } | null };

export type AttentionScoreChangedSubscriptionVariables = Exact<{
  customer?: CustomerBy | null | undefined;
}>;


export type AttentionScoreChangedSubscription = { attentionScoreChanged: { from: AttentionBand, to: AttentionBand, index: number, at: string, customer: { id: string, externalId: string | null } | null } };

export type BestCustomerGenomeQueryVariables = Exact<{
  model?: SegmentationModel;
}>;


export type BestCustomerGenomeQuery = { brand: { bestCustomerGenome: { model: SegmentationModel, best: number, customers: number, bandsAsOf: string, smoothing: number, leastSupport: number, asOf: string, modelVersion: string, features: Array<{ kind: GenomeFeatureKind, name: string | null, value: string, best: number, customers: number, shareOfBest: number, shareOfAll: number, lift: number, weight: number }>, window: { from: string | null, until: string } } | null } | null };

export type BindClaimMutationVariables = Exact<{
  input: BindClaimInput;
}>;


export type BindClaimMutation = { bindClaim: { replayed: boolean, claim: { id: string, state: ClaimState, mu: number | null, walletState: WalletState, boundAt: string | null, customer: { id: string, externalId: string | null } | null } | null, wallet: { balance: number, held: number, lifetimeEarned: number, lifetimeRedeemed: number, state: WalletState } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type BrandAtRiskQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type BrandAtRiskQuery = { brand: { atRisk: { nodes: Array<{ state: DormancyState, nextState: DormancyState, dueAt: string, customer: { id: string, externalId: string | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type BrandDashboardQueryVariables = Exact<{
  period?: PeriodInput | null | undefined;
}>;


export type BrandDashboardQuery = { brand: { name: string, budget: number, realReach: { reach30: number, reach90: number, reach365: number, rate: number | null, asOf: string, modelVersion: string } | null, attentionSummary: { customers: number, mean: number | null, median: number | null, monthlyGrowth: number | null, asOf: string, modelVersion: string, bands: Array<{ band: AttentionBand, customers: number, share: number | null }> } | null, attentionRetention: { asOf: string, modelVersion: string, rolling: { retention: number | null, churn: number | null } } | null, openStreakRate: { rate: number | null, asOf: string, modelVersion: string } | null, dormancyCounts: { asOf: string, modelVersion: string, states: Array<{ state: DormancyState, customers: number, share: number | null }> } | null, opportunityReport: { customers: number, asOf: string, modelVersion: string, expectedValue: { amount: string, currencyCode: string } } | null, segmentation: { asOf: string, modelVersion: string, bands: Array<{ band: Band, customers: number, revenueShare: number | null, netMovement: number | null }> } | null, transactionAttentionTable: { asOf: string, modelVersion: string, cells: Array<{ progress: TransactionProgress, attentiveness: Attentiveness, band: Band, customers: number }> } | null, executiveSummary: { asOf: string, modelVersion: string, adWaste: { share: number | null, trueCac: { amount: string } | null }, marketingSpendRatio: { ratio: number | null }, budgetSplit: { existingShare: number | null }, earnedGrowth: { earnedGrowth: number | null } | null, muEconomy: { issued: number, burned: number, outstanding: number }, profitConcentration: { bestFifthShare: number | null } | null, window: { from: string | null, until: string } } | null, metrics: Array<{ name: BrandMetric, bucket: TimeBucket, asOf: string, modelVersion: string, buckets: Array<{ firstDay: string, lastDay: string, complete: boolean, value: number | null, amount: { amount: string } | null }>, previous: { value: number | null } }> | null } | null };

export type BrandExperimentsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type BrandExperimentsQuery = { brand: { id: string, experiments: { nodes: Array<{ id: string, externalId: string, outcome: ExperimentOutcome, state: ExperimentState, holdoutShare: number, dormancies: Array<DormancyState> | null, startsAt: string, endsAt: string, segment: { id: string, name: string } | null, band: { model: SegmentationModel, in: Array<Band> } | null, attentionFunnel: { asOf: string, modelVersion: string, incremental: number | null, groups: Array<{ arm: ExperimentArmName, size: number, delivered: number, opened: number, verified: number, clicked: number, ordered: number, steps: Array<{ step: FunnelStepName, customers: number, rate: number | null }> }>, uplift: { difference: number, low: number, high: number } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type BrandExportsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type BrandExportsQuery = { brand: { id: string, exports: { nodes: Array<{ id: string, status: ExportStatus, parts: Array<ExportPart>, asOf: string | null, createdAt: string, expiresAt: string | null, rows: number, bytes: number }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type BrandImportsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type BrandImportsQuery = { brand: { id: string, importJobs: { nodes: Array<{ id: string, status: ImportState, received: number, recorded: number, duplicates: number, refused: number, createdAt: string, finishedAt: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, eventMappings: { nodes: Array<{ id: string, key: string, mapping: Record<string, unknown>, updatedAt: string }> } } | null };

export type BrandJourneysQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type BrandJourneysQuery = { brand: { id: string, journeys: { nodes: Array<{ id: string, externalId: string, name: string, version: number | null, stoppedAt: string | null, runs: { nodes: Array<{ id: string, dueAt: string | null }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type BrandMetricsQueryVariables = Exact<{
  names: Array<BrandMetric> | BrandMetric;
  bucket: TimeBucket;
  last: number;
}>;


export type BrandMetricsQuery = { brand: { metrics: Array<{ name: BrandMetric, bucket: TimeBucket, change: number | null, asOf: string, modelVersion: string, buckets: Array<{ firstDay: string, lastDay: string, complete: boolean, value: number | null, amount: { amount: string } | null }>, total: { value: number | null, amount: { amount: string, currencyCode: string } | null }, previous: { value: number | null, amount: { amount: string } | null }, window: { from: string | null, until: string } }> | null } | null };

export type BrandReportsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type BrandReportsQuery = { brand: { reportSchedules: Array<{ id: string, kind: ReportKind, every: ReportPeriod, nextFirstDay: string, nextDueAt: string }> | null, reports: { nodes: Array<{ id: string, kind: ReportKind, every: ReportPeriod, firstDay: string, lastDay: string, asOf: string, modelVersion: string, figures: Array<{ name: BoardFigureName, value: number | null, previousValue: number | null, modelVersion: string, amount: { amount: string, currencyCode: string } | null, previousAmount: { amount: string } | null }>, window: { from: string | null, until: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type BrandSegmentationQueryVariables = Exact<{
  model: SegmentationModel;
}>;


export type BrandSegmentationQuery = { brand: { segmentation: { model: SegmentationModel, modelVersion: string, asOf: string, comparedWith: string | null, window: { from: string | null, until: string }, bands: Array<{ band: Band, customers: number, share: number, revenueShare: number | null, netMovement: number | null, revenue: { amount: string, currencyCode: string }, lifetimeValue: { amount: string, currencyCode: string } }> } | null, transactionAttentionTable: { model: SegmentationModel, modelVersion: string, asOf: string, comparedWith: string | null, cells: Array<{ progress: TransactionProgress, attentiveness: Attentiveness, band: Band, customers: number, netMovement: number | null, revenue: { amount: string, currencyCode: string }, revenueAtRisk: { amount: string, currencyCode: string } }> } | null } | null };

export type BrandSpendQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type BrandSpendQuery = { brand: { spend: { nodes: Array<{ id: string, externalId: string | null, purpose: SpendPurpose, route: MarketingRoute, campaign: string | null, firstDay: string, lastDay: string, amount: { amount: string, currencyCode: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null, reacquisitions: { nodes: Array<{ id: string, externalId: string | null, route: MarketingRoute, campaign: string | null, prior: PriorState | null, verdict: AcquisitionVerdict, judgedAt: string | null, ordered: boolean | null, acquiredAt: string, cost: { amount: string, currencyCode: string } | null, customer: { id: string, externalId: string | null } | null }> } | null } | null };

export type BrandStandingQueryVariables = Exact<{ [key: string]: never; }>;


export type BrandStandingQuery = { brand: { realReach: { reach30: number, reach90: number, reach365: number, addressed: number, rate: number | null, asOf: string, modelVersion: string, window: { from: string | null, until: string } } | null, attentionRetention: { asOf: string, modelVersion: string, quarters: Array<{ firstDay: string, complete: boolean, clickersBefore: number, returned: number, clickers: number, retention: number | null, churn: number | null }>, rolling: { clickersBefore: number, returned: number, retention: number | null, churn: number | null }, window: { from: string | null, until: string } } | null, attentionSummary: { customers: number, sum: number, mean: number | null, median: number | null, monthlyGrowth: number | null, growthGoal: number, reachesGoal: boolean | null, asOf: string, modelVersion: string, bands: Array<{ band: AttentionBand, customers: number, share: number | null }>, trend: Array<{ firstDay: string, sum: number | null, mean: number | null }>, window: { from: string | null, until: string } } | null, openStreakRate: { active: number, streaking: number, rate: number | null, asOf: string, modelVersion: string, window: { from: string | null, until: string } } | null, dormancyCounts: { customers: number, asOf: string, modelVersion: string, states: Array<{ state: DormancyState, customers: number, share: number | null }>, window: { from: string | null, until: string } } | null, opportunityReport: { customers: number, unvalued: number, asOf: string, modelVersion: string, expectedValue: { amount: string, currencyCode: string }, byState: Array<{ state: DormancyState, customers: number, expectedValue: { amount: string } }>, window: { from: string | null, until: string } } | null } | null };

export type BrandWorthModelQueryVariables = Exact<{ [key: string]: never; }>;


export type BrandWorthModelQuery = { brand: { id: string, worthModel: { outcome: WorthFitOutcome, triedAt: string, customers: number, repeatCustomers: number, leastCustomers: number, leastRepeatCustomers: number, version: number | null, fittedAt: string | null, asOf: string, modelVersion: string, window: { from: string | null, until: string }, buying: { r: number, alpha: number, a: number, b: number, logLikelihood: number } | null, spending: { p: number, q: number, v: number, logLikelihood: number } | null } | null } | null };

export type BrandQueryVariables = Exact<{
  id?: string | null | undefined;
}>;


export type BrandQuery = { brand: { id: string, slug: string, name: string, timezone: string, currency: string, maxEventAgeDays: number, sendgridPublicKey: string | null, linkOrigins: Array<string>, ampSenders: Array<string>, triadThird: TriadThird, createdAt: string, apiKeys: Array<{ id: string, name: string, scopes: Array<ApiKeyScope>, createdAt: string, revokedAt: string | null }> } | null };

export type BudgetSplitQueryVariables = Exact<{
  period?: PeriodInput | null | undefined;
}>;


export type BudgetSplitQuery = { brand: { budgetSplit: { existingShare: number | null, existingBudgetShare: number | null, otherCurrency: number, asOf: string, modelVersion: string, lines: Array<{ purpose: SpendPurpose, spentShare: number | null, budgetShare: number | null, spent: { amount: string }, planned: { amount: string } | null, moved: { amount: string }, budget: { amount: string }, routes: Array<{ route: MarketingRoute, share: number | null, spent: { amount: string } }> }>, spent: { amount: string, currencyCode: string }, budget: { amount: string }, previous: { existingShare: number | null } } | null, marketingSpendRatio: { ratio: number | null, modelVersion: string, onExisting: { amount: string }, spent: { amount: string }, previous: { ratio: number | null } } | null } | null };

export type CanContactEachQueryVariables = Exact<{
  customers: Array<CustomerBy> | CustomerBy;
  channel: Channel;
  purpose?: ConsentPurpose | null | undefined;
  at?: string | null | undefined;
}>;


export type CanContactEachQuery = { canContactEach: Array<{ allowed: boolean, allowedAt: string | null, reasons: Array<{ code: ContactReasonCode, until: string | null }> } | null> };

export type CanContactQueryVariables = Exact<{
  customer: CustomerBy;
  channel: Channel;
  purpose?: ConsentPurpose | null | undefined;
  at?: string | null | undefined;
}>;


export type CanContactQuery = { canContact: { channel: Channel, at: string, allowed: boolean, allowedAt: string | null, preferredAt: string | null, reasons: Array<{ code: ContactReasonCode, purpose: ConsentPurpose | null, until: string | null }> } | null };

export type CancelRedemptionMutationVariables = Exact<{
  input: CancelRedemptionInput;
}>;


export type CancelRedemptionMutation = { cancelRedemption: { replayed: boolean, redemption: { id: string, amount: number, description: string, state: RedemptionState, createdAt: string, expiresAt: string, resolvedAt: string | null, item: { id: string, externalId: string, name: string } | null } | null, transfer: { id: string, kind: TransferKind, amount: number, reason: string, postedAt: string } | null, wallet: { balance: number, held: number, lifetimeEarned: number, lifetimeRedeemed: number, state: WalletState } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type CaptureRedemptionMutationVariables = Exact<{
  input: CaptureRedemptionInput;
}>;


export type CaptureRedemptionMutation = { captureRedemption: { replayed: boolean, redemption: { id: string, amount: number, description: string, state: RedemptionState, createdAt: string, expiresAt: string, resolvedAt: string | null, item: { id: string, externalId: string, name: string } | null } | null, transfer: { id: string, kind: TransferKind, amount: number, reason: string, postedAt: string } | null, wallet: { balance: number, held: number, lifetimeEarned: number, lifetimeRedeemed: number, state: WalletState } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type ClaimReferralMutationVariables = Exact<{
  input: ClaimReferralInput;
}>;


export type ClaimReferralMutation = { claimReferral: { replayed: boolean, referral: { id: string, state: ReferralState, referrerMu: number, friendMu: number, sharePercent: number, shareCapMu: number, sharedMu: number, claimedAt: string, activatedAt: string | null, shareEndsAt: string | null, reversedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type ClaimQueryVariables = Exact<{
  id: string;
}>;


export type ClaimQuery = { claim: { id: string, state: ClaimState, mu: number | null, walletState: WalletState, createdAt: string, answeredAt: string | null, boundAt: string | null, expiresAt: string, qrCode: { id: string, code: string, name: string } | null, customer: { id: string } | null } | null };

export type CloseMagnetMutationVariables = Exact<{
  input: CloseMagnetInput;
}>;


export type CloseMagnetMutation = { closeMagnet: { replayed: boolean, magnet:
      | { id: string, state: MagnetState }
      | { id: string, state: MagnetState }
      | { id: string, state: MagnetState }
      | { id: string, state: MagnetState }
      | { id: string, state: MagnetState }
     | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type CloseSurprisePoolMutationVariables = Exact<{
  input: CloseSurprisePoolInput;
}>;


export type CloseSurprisePoolMutation = { closeSurprisePool: { released: number | null, replayed: boolean, surprisePool: { id: string, externalId: string, prizeMu: number, oddsOneIn: number, poolMu: number, windowHours: number, startsAt: string, endsAt: string, commitment: string, seed: string | null, createdAt: string, closedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type ConfirmIdentityMutationVariables = Exact<{
  input: ConfirmIdentityInput;
}>;


export type ConfirmIdentityMutation = { confirmIdentity: { replayed: boolean, confirmation: { id: string, kind: IdentityKind, value: string, confirmedAt: string | null } | null, customer: { id: string, externalId: string | null, email: string | null, phone: string | null, wallet: { balance: number, state: WalletState } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type ConsentChangedSubscriptionVariables = Exact<{
  customer?: CustomerBy | null | undefined;
}>;


export type ConsentChangedSubscription = { consentChanged: { purpose: ConsentPurpose, granted: boolean, toldBy: Teller, at: string, customer: { id: string } | null } };

export type ConsentHistoryQueryVariables = Exact<{
  by: CustomerBy;
  purpose?: ConsentPurpose | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ConsentHistoryQuery = { customer: { id: string, relationship: { consentHistory: { nodes: Array<{ purpose: ConsentPurpose, granted: boolean, toldBy: Teller, source: string | null, givenAt: string, recordedAt: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null } | null };

export type CreateApiKeyMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type CreateApiKeyMutation = { createApiKey: { secret: string | null, replayed: boolean, apiKey: { id: string, name: string, scopes: Array<ApiKeyScope>, createdAt: string, revokedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type CreateBrandMutationVariables = Exact<{
  input: CreateBrandInput;
}>;


export type CreateBrandMutation = { createBrand: { apiKey: string | null, replayed: boolean, brand: { id: string, slug: string, name: string, timezone: string, currency: string, maxEventAgeDays: number, createdAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type CreateCustomerTokenMutationVariables = Exact<{
  input: CreateCustomerTokenInput;
}>;


export type CreateCustomerTokenMutation = { createCustomerToken: { token: string | null, expiresAt: string | null, replayed: boolean, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type CreateEmSeriesMutationVariables = Exact<{
  input: CreateEmSeriesInput;
}>;


export type CreateEmSeriesMutation = { createEmSeries: { replayed: boolean, emSeries: { id: string, externalId: string, name: string, dailySlot: string, state: EmSeriesState, createdAt: string, updatedAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type CreateExperimentMutationVariables = Exact<{
  input: CreateExperimentInput;
}>;


export type CreateExperimentMutation = { createExperiment: { replayed: boolean, experiment: { id: string, externalId: string, outcome: ExperimentOutcome, holdoutShare: number, reserveMu: number, releasedMu: number | null, startsAt: string, endsAt: string, createdAt: string, assignedAt: string | null, endedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type CreateJourneyMutationVariables = Exact<{
  input: CreateJourneyInput;
}>;


export type CreateJourneyMutation = { createJourney: { replayed: boolean, journey: { id: string, externalId: string, name: string, version: number | null, createdAt: string, stoppedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type CreateMagnetMutationVariables = Exact<{
  input: CreateMagnetInput;
}>;


export type CreateMagnetMutation = { createMagnet: { replayed: boolean, magnet:
      | { id: string, externalId: string, title: string, state: MagnetState }
      | { id: string, externalId: string, title: string, state: MagnetState }
      | { id: string, externalId: string, title: string, state: MagnetState }
      | { id: string, externalId: string, title: string, state: MagnetState }
      | { id: string, externalId: string, title: string, state: MagnetState }
     | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type CreateQrCodeMutationVariables = Exact<{
  input: CreateQrCodeInput;
}>;


export type CreateQrCodeMutation = { createQrCode: { replayed: boolean, qrCode: { id: string, code: string, name: string, mu: number, url: string | null, landingUrl: string | null, createdAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type CreateReferralLinkMutationVariables = Exact<{
  input: CreateReferralLinkInput;
}>;


export type CreateReferralLinkMutation = { createReferralLink: { replayed: boolean, referralLink: { id: string, code: string, channel: Channel, address: string, createdAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type CreateSurprisePoolMutationVariables = Exact<{
  input: CreateSurprisePoolInput;
}>;


export type CreateSurprisePoolMutation = { createSurprisePool: { replayed: boolean, surprisePool: { id: string, externalId: string, prizeMu: number, oddsOneIn: number, poolMu: number, windowHours: number, startsAt: string, endsAt: string, commitment: string, seed: string | null, createdAt: string, closedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type CreateVelvetCredentialMutationVariables = Exact<{
  input: CreateVelvetCredentialInput;
}>;


export type CreateVelvetCredentialMutation = { createVelvetCredential: { token: string | null, expiresAt: string | null, replayed: boolean, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type CreateWebhookEndpointMutationVariables = Exact<{
  input: CreateWebhookEndpointInput;
}>;


export type CreateWebhookEndpointMutation = { createWebhookEndpoint: { secret: string | null, replayed: boolean, webhookEndpoint: { id: string, url: string, topics: Array<string>, description: string | null, state: WebhookEndpointState, secretRotatedAt: string | null, failingSince: string | null, createdAt: string, updatedAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type CustomActionsQueryVariables = Exact<{ [key: string]: never; }>;


export type CustomActionsQuery = { customActions: Array<{ id: string, name: string, description: string | null, createdAt: string }> };

export type CustomerAttentionQueryVariables = Exact<{
  by: CustomerBy;
  last?: number;
}>;


export type CustomerAttentionQuery = { customer: { id: string, relationship: { attentionScore: { raw30d: number, ema: number, index: number, band: AttentionBand, streak: number, points30d: number, previousPoints30d: number, trend: AttentionTrend, asOf: string, modelVersion: string, window: { from: string | null, until: string } } | null, attentionTrajectory: { trend: AttentionTrend, asOf: string, modelVersion: string, days: Array<{ day: string, opens: number, clicks: number, events: number, verified: number, points: number, ema: number }>, window: { from: string | null, until: string } } | null, dormancy: { state: DormancyState, since: string, daysSilent: number | null, messagesSince: number, nextState: DormancyState | null, nextAt: string | null, reactivatedAt: string | null, asOf: string, modelVersion: string, window: { from: string | null, until: string } } | null } | null } | null };

export type CustomerCardQueryVariables = Exact<{
  by: CustomerBy;
}>;


export type CustomerCardQuery = { customer: { id: string, externalId: string | null, name: string | null, email: string | null, phone: string | null, traits: Record<string, unknown>, identities: Array<{ kind: IdentityKind, value: string, confirmedAt: string | null }>, consents: Array<{ purpose: ConsentPurpose, granted: boolean, recordedAt: string }>, relationship: { createdAt: string, attentionScore: { raw30d: number, ema: number, index: number, band: AttentionBand, streak: number } | null, dormancy: { state: DormancyState, since: string, daysSilent: number | null } | null, purchaseTotals: { orders: number, firstAt: string | null, lastAt: string | null, net: { amount: string, currencyCode: string } } | null } | null, wallet: { balance: number, held: number, lifetimeEarned: number, statement: { nodes: Array<{ id: string, number: number, amount: number, balanceAfter: number, kind: TransferKind, reason: string, postedAt: string }> } }, attention: { nodes: Array<{ id: string, action: AttentionAction, channel: Channel | null, confidence: number, occurredAt: string }> }, messages: { nodes: Array<{ id: string, deliveredAt: string, message: { id: string, externalId: string, channel: Channel, subject: string | null } }> } } | null };

export type CustomerContactQueryVariables = Exact<{
  by: CustomerBy;
  channel: Channel;
}>;


export type CustomerContactQuery = { customer: { id: string, relationship: { channels: Array<{ channel: Channel, preference: ChannelPreference | null, preferredHour: number | null, hasAddress: boolean, bouncedAt: string | null, deliverable: boolean }>, quietHours: { from: string, until: string } | null, hotline: { state: HotlineState, lastHeard: string | null, channels: Array<Channel>, asOf: string, modelVersion: string } | null, canContact: { allowed: boolean, allowedAt: string | null, preferredAt: string | null, reasons: Array<{ code: ContactReasonCode, purpose: ConsentPurpose | null, until: string | null }> } | null } | null } | null };

export type CustomerErasedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type CustomerErasedSubscription = { customerErased: { customerId: string, at: string, brand: { id: string, slug: string } | null } };

export type CustomerMergedSubscriptionVariables = Exact<{
  customer?: CustomerBy | null | undefined;
}>;


export type CustomerMergedSubscription = { customerMerged: { undone: boolean, fromId: string, intoId: string, at: string, merge: { id: string, reason: string } | null, customer: { id: string } | null } };

export type CustomerMessagesQueryVariables = Exact<{
  by: CustomerBy;
  first?: number | null | undefined;
  after?: string | null | undefined;
  channel?: Channel | null | undefined;
}>;


export type CustomerMessagesQuery = { customer: { id: string, messages: { nodes: Array<{ id: string, deliveredAt: string, message: { id: string, externalId: string, channel: Channel, subject: string | null, openMu: number | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CustomerNextScoreQueryVariables = Exact<{
  by: CustomerBy;
  model?: SegmentationModel;
}>;


export type CustomerNextScoreQuery = { customer: { id: string, relationship: { nextScore: { model: SegmentationModel, score: number, asOf: string, modelVersion: string, reasons: Array<{ kind: GenomeFeatureKind, name: string | null, value: string, lift: number, weight: number }> } | null } | null } | null };

export type CustomerOrdersQueryVariables = Exact<{
  by: CustomerBy;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CustomerOrdersQuery = { customer: { id: string, relationship: { purchaseTotals: { orders: number, otherCurrencyOrders: number, firstAt: string | null, lastAt: string | null, asOf: string, modelVersion: string, gross: { amount: string, currencyCode: string }, refunded: { amount: string }, net: { amount: string }, average: { amount: string } | null } | null } | null, purchases: { nodes: Array<{ id: string, externalId: string, purchasedAt: string, surface: OrderSurface, driver: OrderDriver | null, campaign: string | null, bucket: OrderBucket, total: { amount: string, currencyCode: string }, refunds: Array<{ reason: string | null, refundedAt: string, amount: { amount: string } }>, net: { amount: string }, cost: { amount: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CustomerPredictedWorthQueryVariables = Exact<{
  by: CustomerBy;
  weeks?: number | null | undefined;
}>;


export type CustomerPredictedWorthQuery = { customer: { id: string, relationship: { predictedWorth: { pAlive: number, orders: number, asOf: string, modelVersion: string, orderValue: { amount: string, currencyCode: string }, revenue: { amount: string, currencyCode: string }, value: { amount: string, currencyCode: string }, window: { from: string | null, until: string } } | null } | null } | null };

export type CustomerPreferencesQueryVariables = Exact<{
  by: CustomerBy;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CustomerPreferencesQuery = { customer: { id: string, preferences: { nodes: Array<{ id: string, choices: Array<number>, text: string | null, mu: number, answeredAt: string, withdrawnAt: string | null, magnet:
          | { id: string, title: string }
          | { id: string, title: string }
          | { id: string, title: string }
          | { question: string, options: Array<string>, id: string, title: string }
          | { id: string, title: string }
         | null, consent: { purpose: string, text: string, version: string, givenAt: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CustomerProfitQueryVariables = Exact<{
  by: CustomerBy;
}>;


export type CustomerProfitQuery = { customer: { id: string, relationship: { customerProfit: { otherCurrencyOrders: number, asOf: string, modelVersion: string, revenue: { amount: string, currencyCode: string }, margin: { amount: string }, acquisition: { amount: string }, service: { amount: string }, mu: { amount: string }, messages: { amount: string }, profit: { amount: string } } | null } | null } | null };

export type CustomerPurchasesQueryVariables = Exact<{
  by: CustomerBy;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CustomerPurchasesQuery = { customer: { id: string, purchases: { nodes: Array<{ id: string, externalId: string, purchasedAt: string, items: number, total: { amount: string, currencyCode: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CustomerRedemptionsQueryVariables = Exact<{
  by: CustomerBy;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CustomerRedemptionsQuery = { customer: { id: string, redemptions: { nodes: Array<{ id: string, amount: number, description: string, state: RedemptionState, createdAt: string, expiresAt: string, resolvedAt: string | null, item: { id: string, name: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CustomerStreaksQueryVariables = Exact<{
  by: CustomerBy;
}>;


export type CustomerStreaksQuery = { customer: { id: string, streaks: Array<{ unit: StreakUnit, current: number, best: number, state: StreakState, lastDay: string, nextMu: number, lastMessage: { id: string, subject: string | null } | null, rule: { name: string, version: number } | null }> } | null };

export type CustomerVelvetQueryVariables = Exact<{
  by: CustomerBy;
}>;


export type CustomerVelvetQuery = { customer: { velvet: { id: string, status: VelvetStatus, since: string | null, perks: { nodes: Array<{ id: string, kind: VelvetPerkKind, name: string, grantedAt: string, redeemedAt: string | null }> } } | null } | null };

export type CustomerViewQueryVariables = Exact<{
  by: CustomerBy;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CustomerViewQuery = { customer: { id: string, externalId: string | null, email: string | null, phone: string | null, name: string | null, traits: Record<string, unknown>, identities: Array<{ kind: IdentityKind, value: string, confirmedAt: string | null }>, consents: Array<{ purpose: ConsentPurpose, granted: boolean, recordedAt: string }>, relationship: { externalId: string | null, createdAt: string } | null, wallet: { balance: number, held: number, lifetimeEarned: number, lifetimeRedeemed: number, state: WalletState, statement: { nodes: Array<{ number: number, amount: number, balanceAfter: number, kind: TransferKind, reason: string, postedAt: string }> } }, messages: { nodes: Array<{ deliveredAt: string, message: { id: string, channel: Channel, subject: string | null, openMu: number | null, actionMuMax: number | null } }> }, attention: { nodes: Array<{ id: string, action: AttentionAction, channel: Channel | null, confidence: number, occurredAt: string }> }, timeline: { nodes: Array<
        | { __typename: 'AttentionEvent', id: string, action: AttentionAction, occurredAt: string }
        | { __typename: 'LedgerEntry', id: string, amount: number, kind: TransferKind, reason: string, postedAt: string }
        | { __typename: 'MessageDelivery', deliveredAt: string, delivered: { id: string, subject: string | null } }
        | { __typename: 'Purchase', id: string, purchasedAt: string, total: { amount: string, currencyCode: string } }
        | { __typename: 'Redemption', id: string, amount: number, state: RedemptionState, description: string, createdAt: string }
      >, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CustomerWorthQueryVariables = Exact<{
  by: CustomerBy;
}>;


export type CustomerWorthQuery = { customer: { id: string, relationship: { clv: { pAlive: number | null, expectedOrders: number | null, source: WorthSource, asOf: string, modelVersion: string, value: { amount: string, currencyCode: string }, window: { from: string | null, until: string } } | null, scores: Array<{ kind: ScoreKind, value: number, scorer: string, scorerVersion: string, scoredAt: string }> } | null } | null };

export type CustomersViewQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CustomersViewQuery = { customers: { nodes: Array<{ id: string, externalId: string | null, email: string | null, phone: string | null, name: string | null, identities: Array<{ kind: IdentityKind, value: string }>, consents: Array<{ purpose: ConsentPurpose, granted: boolean }>, relationship: { createdAt: string } | null, wallet: { balance: number, held: number, state: WalletState, statement: { nodes: Array<{ amount: number, reason: string }> } }, messages: { nodes: Array<{ deliveredAt: string, message: { subject: string | null } }> }, attention: { nodes: Array<{ action: AttentionAction, occurredAt: string }> }, timeline: { nodes: Array<
          | { __typename: 'AttentionEvent', occurredAt: string }
          | { __typename: 'LedgerEntry', postedAt: string }
          | { __typename: 'MessageDelivery', deliveredAt: string }
          | { __typename: 'Purchase', purchasedAt: string }
          | { __typename: 'Redemption', createdAt: string }
        > } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CustomersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: CustomerFilter | null | undefined;
}>;


export type CustomersQuery = { customers: { nodes: Array<{ id: string, externalId: string | null, email: string | null, phone: string | null, name: string | null, createdAt: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type DeclineAdjustmentMutationVariables = Exact<{
  input: DeclineAdjustmentInput;
}>;


export type DeclineAdjustmentMutation = { declineAdjustment: { replayed: boolean, adjustment: { id: string, direction: AdjustmentDirection, amount: number, reason: string, state: AdjustmentState, requestedAt: string, expiresAt: string, decidedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type DeleteReportScheduleMutationVariables = Exact<{
  input: DeleteReportScheduleInput;
}>;


export type DeleteReportScheduleMutation = { deleteReportSchedule: { replayed: boolean, reportSchedule: { id: string, deletedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type DeleteSegmentMutationVariables = Exact<{
  input: DeleteSegmentInput;
}>;


export type DeleteSegmentMutation = { deleteSegment: { replayed: boolean, segment: { id: string, name: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type DeleteWebhookEndpointMutationVariables = Exact<{
  input: DeleteWebhookEndpointInput;
}>;


export type DeleteWebhookEndpointMutation = { deleteWebhookEndpoint: { replayed: boolean, webhookEndpoint: { id: string, url: string, topics: Array<string>, description: string | null, state: WebhookEndpointState, secretRotatedAt: string | null, failingSince: string | null, createdAt: string, updatedAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type DormancyChangedSubscriptionVariables = Exact<{
  customer?: CustomerBy | null | undefined;
}>;


export type DormancyChangedSubscription = { dormancyChanged: { from: DormancyState, to: DormancyState, reactivated: boolean, wokenFrom: DormancyState | null, at: string, customer: { id: string, externalId: string | null } | null } };

export type DormancyPolicyQueryVariables = Exact<{ [key: string]: never; }>;


export type DormancyPolicyQuery = { brand: { id: string, dormancyPolicy: { activeDays: number, driftingDays: number, inactiveDays: number, dormantDays: number, minMessages: number } | null } | null };

export type EarnRuleQueryVariables = Exact<{
  id: string;
}>;


export type EarnRuleQuery = { earnRule: { id: string, name: string, version: number, action: AttentionAction, customAction: string | null, amount: number, channels: Array<Channel>, messageKinds: Array<MessageKind>, stage: FunnelStage | null, perCustomerPerDay: number, maxMuPerCustomerPerDay: number | null, maxMuPerCustomer: number | null, maxMuPerCampaign: number | null, maxMuInTotal: number | null, minConfidence: number, priority: number, stacking: EarnStacking, enabled: boolean, startsAt: string | null, endsAt: string | null, createdAt: string, audience: Array<{ segment: string | null, traitExists: string | null, traitEquals: { name: string, value: string } | null, traitIn: { name: string, values: Array<string> } | null }>, multipliers: Array<{ percent: number, audience: Array<{ segment: string | null, traitExists: string | null, traitEquals: { name: string, value: string } | null, traitIn: { name: string, values: Array<string> } | null }> }> } | null };

export type EarnRulesQueryVariables = Exact<{ [key: string]: never; }>;


export type EarnRulesQuery = { earnRules: Array<{ id: string, name: string, version: number, action: AttentionAction, amount: number, channels: Array<Channel>, perCustomerPerDay: number, minConfidence: number, priority: number, stacking: EarnStacking, enabled: boolean, startsAt: string | null, endsAt: string | null, streak: { unit: StreakUnit, cap: number } | null }> };

export type EarnedGrowthQueryVariables = Exact<{
  year?: number | null | undefined;
}>;


export type EarnedGrowthQuery = { brand: { earnedGrowth: { year: number, complete: boolean, netRevenueRetention: number | null, earnedNewCustomers: number | null, earnedGrowth: number | null, customers: number, keptCustomers: number, newCustomers: number, earnedCustomers: number, asOf: string, modelVersion: string, revenue: { amount: string, currencyCode: string }, revenueBefore: { amount: string }, keptRevenue: { amount: string }, earnedRevenue: { amount: string }, boughtRevenue: { amount: string }, window: { from: string | null, until: string }, previous: { year: number, earnedGrowth: number | null } | null } | null } | null };

export type EmSeriesQueryVariables = Exact<{
  id: string;
  customer: CustomerBy;
}>;


export type EmSeriesQuery = { emSeries: { id: string, name: string, dailySlot: string, state: EmSeriesState, items: { nodes: Array<{ id: string, position: number, subject: string, link: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, nextFor: { position: number, slotAt: string, item: { id: string, subject: string, link: string | null } } | null } | null };

export type EndExperimentMutationVariables = Exact<{
  input: EndExperimentInput;
}>;


export type EndExperimentMutation = { endExperiment: { replayed: boolean, experiment: { id: string, externalId: string, outcome: ExperimentOutcome, holdoutShare: number, reserveMu: number, releasedMu: number | null, startsAt: string, endsAt: string, createdAt: string, assignedAt: string | null, endedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type EnterJourneyMutationVariables = Exact<{
  input: EnterJourneyInput;
}>;


export type EnterJourneyMutation = { enterJourney: { entered: number, replayed: boolean, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type EraseCustomerMutationVariables = Exact<{
  input: EraseCustomerInput;
}>;


export type EraseCustomerMutation = { eraseCustomer: { replayed: boolean, erasure: { customerId: string, everywhere: boolean, extinguished: number, erasedAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type ExecutiveSummaryQueryVariables = Exact<{
  period?: PeriodInput | null | undefined;
}>;


export type ExecutiveSummaryQuery = { brand: { executiveSummary: { asOf: string, modelVersion: string, window: { from: string | null, until: string }, adWaste: { share: number | null, wasted: { amount: string, currencyCode: string }, reportedCac: { amount: string } | null, trueCac: { amount: string } | null }, marketingSpendRatio: { ratio: number | null }, budgetSplit: { existingShare: number | null, existingBudgetShare: number | null }, earnedGrowth: { year: number, earnedGrowth: number | null } | null, orderBuckets: { orders: number, net: { amount: string }, reacquisitionTaxBase: { amount: string } }, attentionVsAuction: { costPerVerifiedAttention: { amount: string } | null, costPerReacquisition: { amount: string } | null }, muEconomy: { issued: number, burned: number, outstanding: number, burnRate: number | null }, profitConcentration: { bestFifthShare: number | null, customers: number, asOf: string, tenths: Array<{ rank: number, customers: number, share: number | null, profit: { amount: string } }>, profit: { amount: string } } | null, previous: { adWaste: { share: number | null }, marketingSpendRatio: { ratio: number | null } } } | null } | null };

export type ExportBrandDataMutationVariables = Exact<{
  input: ExportBrandDataInput;
}>;


export type ExportBrandDataMutation = { exportBrandData: { replayed: boolean, exportJob: { id: string, status: ExportStatus, parts: Array<ExportPart>, createdAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type ExportCustomerQueryVariables = Exact<{
  customer?: CustomerBy | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ExportCustomerQuery = { exportCustomer: { nodes: Array<{ table: string, row: Record<string, unknown> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type ExportJobQueryVariables = Exact<{
  id: string;
}>;


export type ExportJobQuery = { exportJob: { id: string, status: ExportStatus, asOf: string | null, finishedAt: string | null, expiresAt: string | null, rows: number, bytes: number, files: Array<{ part: ExportPart, name: string, rows: number, bytes: number, sha256: string, url: string | null }> } | null };

export type FundReferralProgramMutationVariables = Exact<{
  input: FundReferralProgramInput;
}>;


export type FundReferralProgramMutation = { fundReferralProgram: { replayed: boolean, referralProgram: { id: string, referrerMu: number, friendMu: number, sharePercent: number, shareDays: number, shareCapMu: number, linkBase: string | null, open: boolean, reserved: number } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type FundingSourceQueryVariables = Exact<{
  period?: PeriodInput | null | undefined;
}>;


export type FundingSourceQuery = { brand: { fundingSource: { issued: number, mu: number, asOf: string, modelVersion: string, decided: Array<{ purpose: SpendPurpose, share: number | null, mu: number, decisions: number, amount: { amount: string, currencyCode: string } }>, amount: { amount: string }, window: { from: string | null, until: string }, previous: { issued: number, mu: number } } | null } | null };

export type GiftMuMutationVariables = Exact<{
  input: GiftMuInput;
}>;


export type GiftMuMutation = { giftMu: { replayed: boolean, transfer: { id: string, kind: TransferKind, amount: number, reason: string, postedAt: string } | null, wallet: { balance: number, held: number, lifetimeEarned: number, lifetimeRedeemed: number, state: WalletState } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type GrantConsentMutationVariables = Exact<{
  input: GrantConsentInput;
}>;


export type GrantConsentMutation = { grantConsent: { replayed: boolean, consent: { purpose: ConsentPurpose, granted: boolean, recordedAt: string, brand: { id: string, slug: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type GrantPerkMutationVariables = Exact<{
  input: GrantPerkInput;
}>;


export type GrantPerkMutation = { grantPerk: { replayed: boolean, velvetPerk: { id: string, kind: VelvetPerkKind, name: string, grantedAt: string, redeemedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type HotlineLostSubscriptionVariables = Exact<{
  customer?: CustomerBy | null | undefined;
}>;


export type HotlineLostSubscription = { hotlineLost: { cause: HotlineCause, lastHeard: string, at: string, customer: { id: string } | null } };

export type IdentifyCustomerMutationVariables = Exact<{
  input: IdentifyCustomerInput;
}>;


export type IdentifyCustomerMutation = { identifyCustomer: { replayed: boolean, customer: { id: string, externalId: string | null, email: string | null, phone: string | null, name: string | null, traits: Record<string, unknown>, createdAt: string | null, identities: Array<{ kind: IdentityKind, value: string, confirmedAt: string | null }>, consents: Array<{ purpose: ConsentPurpose, granted: boolean, recordedAt: string }> } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type IdentityHistoryQueryVariables = Exact<{
  by: CustomerBy;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type IdentityHistoryQuery = { customer: { id: string, identities: Array<{ kind: IdentityKind, value: string, level: IdentityLevel }>, relationship: { identityHistory: { nodes: Array<{ kind: IdentityKind, value: string, change: IdentityChangeKind, level: IdentityLevel, source: IdentitySource, happenedAt: string, merge: { id: string, reason: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null } | null };

export type ImportEventsMutationVariables = Exact<{
  input: ImportEventsInput;
}>;


export type ImportEventsMutation = { importEvents: { firstIndex: number | null, replayed: boolean, importJob: { id: string, status: ImportState, backfill: boolean, received: number, recorded: number, duplicates: number, refused: number, ignored: number } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type ImportJobQueryVariables = Exact<{
  id: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ImportJobQuery = { importJob: { id: string, status: ImportState, backfill: boolean, mapping: Record<string, unknown>, received: number, recorded: number, duplicates: number, refused: number, ignored: number, createdAt: string, finishedAt: string | null, refusals: { nodes: Array<{ index: number, code: UserErrorCode, field: Array<string> | null, message: string, event: Record<string, unknown> | null, refusedAt: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type IncrementalRevenueQueryVariables = Exact<{
  experimentId: string;
}>;


export type IncrementalRevenueQuery = { incrementalRevenue: { asOf: string, modelVersion: string, window: { from: string | null, until: string }, treated: { amount: string, currencyCode: string }, heldOut: { amount: string, currencyCode: string }, incremental: { amount: string, currencyCode: string } | null } | null };

export type IngestScoresMutationVariables = Exact<{
  input: IngestScoresInput;
}>;


export type IngestScoresMutation = { ingestScores: { recorded: number, replayed: boolean, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type InviteToVelvetMutationVariables = Exact<{
  input: InviteToVelvetInput;
}>;


export type InviteToVelvetMutation = { inviteToVelvet: { replayed: boolean, velvetMember: { id: string, status: VelvetStatus, invitedAt: string, since: string | null, revokedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type IssueMuMutationVariables = Exact<{
  input: IssueMuInput;
}>;


export type IssueMuMutation = { issueMu: { replayed: boolean, transfer: { id: string, kind: TransferKind, amount: number, reason: string, postedAt: string } | null, brand: { id: string, slug: string, budget: number, reserved: number } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type JourneyRunQueryVariables = Exact<{
  id: string;
}>;


export type JourneyRunQuery = { journeyRun: { id: string, version: number, state: JourneyRunState, endedBy: JourneyRunEnd | null, dueAt: string | null, enteredAt: string, endedAt: string | null, journey: { id: string, name: string } | null, customer: { id: string } | null, steps: { nodes: Array<{ number: number, key: string, kind: JourneyStepKind, outcome: string, doneAt: string, message: { id: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type JourneyStepReachedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type JourneyStepReachedSubscription = { journeyStepReached: { journeyId: string, version: number, step: string, messageId: string, recipients: Array<string>, at: string } };

export type LearnAboutMuMutationVariables = Exact<{
  input: LearnAboutMuInput;
}>;


export type LearnAboutMuMutation = { learnAboutMu: { replayed: boolean, wallet: { balance: number, held: number, lifetimeEarned: number, lifetimeRedeemed: number, state: WalletState } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type LedgerTransferQueryVariables = Exact<{
  id: string;
}>;


export type LedgerTransferQuery = { ledgerTransfer: { id: string, kind: TransferKind, amount: number, reason: string, postedAt: string, entries: Array<{ id: string, number: number, amount: number, balanceAfter: number }>, event: { id: string, action: AttentionAction, confidence: number, occurredAt: string } | null, message: { id: string, externalId: string, subject: string | null } | null, rule: { id: string, name: string, version: number } | null, funding: { id: string, kind: TransferKind, amount: number, reason: string } | null, reverses: { id: string } | null, reversedBy: { id: string } | null } | null };

export type LinkIdentityMutationVariables = Exact<{
  input: LinkIdentityInput;
}>;


export type LinkIdentityMutation = { linkIdentity: { code: string | null, replayed: boolean, confirmation: { id: string, kind: IdentityKind, value: string, expiresAt: string, createdAt: string, confirmedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type MagnetQueryVariables = Exact<{
  id: string;
}>;


export type MagnetQuery = { magnet:
    | { question: string, highestScore: number, mu: number, id: string, title: string, state: MagnetState, startsAt: string | null, endsAt: string | null, scores: Array<{ score: number, responses: number }> | null, responses: { nodes: Array<{ id: string, choices: Array<number>, right: number | null, mu: number, outcome: PredictionOutcome | null, payoutMu: number }> } }
    | { question: string, options: Array<string>, mu: number, id: string, title: string, state: MagnetState, startsAt: string | null, endsAt: string | null, results: Array<{ option: number, text: string, responses: number }> | null, responses: { nodes: Array<{ id: string, choices: Array<number>, right: number | null, mu: number, outcome: PredictionOutcome | null, payoutMu: number }> } }
    | { question: string, options: Array<string>, muForAnswering: number, muForRight: number, allowsStake: boolean, winningOption: number | null, settledAt: string | null, remainderMu: number | null, id: string, title: string, state: MagnetState, startsAt: string | null, endsAt: string | null, results: Array<{ option: number, text: string, responses: number, stakeMu: number }> | null, responses: { nodes: Array<{ id: string, choices: Array<number>, right: number | null, mu: number, outcome: PredictionOutcome | null, payoutMu: number }> } }
    | { question: string, options: Array<string>, mu: number, purpose: string, consentText: string, consentVersion: string, reaskAfterDays: number | null, id: string, title: string, state: MagnetState, startsAt: string | null, endsAt: string | null, responses: { nodes: Array<{ id: string, choices: Array<number>, right: number | null, mu: number, outcome: PredictionOutcome | null, payoutMu: number }> } }
    | { muPerRight: number, id: string, title: string, state: MagnetState, startsAt: string | null, endsAt: string | null, questions: Array<{ text: string, options: Array<string>, right: number | null }>, responses: { nodes: Array<{ id: string, choices: Array<number>, right: number | null, mu: number, outcome: PredictionOutcome | null, payoutMu: number }> } }
   | null };

export type MagnetsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MagnetsQuery = { magnets: { nodes: Array<
      | { id: string, externalId: string, title: string, state: MagnetState }
      | { id: string, externalId: string, title: string, state: MagnetState }
      | { id: string, externalId: string, title: string, state: MagnetState }
      | { id: string, externalId: string, title: string, state: MagnetState }
      | { id: string, externalId: string, title: string, state: MagnetState }
    >, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type MarkMicronReadMutationVariables = Exact<{
  input: MarkMicronReadInput;
}>;


export type MarkMicronReadMutation = { markMicronRead: { replayed: boolean, micron: { id: string, folder: MicronboxFolder, readAt: string | null, savedAt: string | null, leavesAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { id: string, name: string | null, email: string | null, phone: string | null, identities: Array<{ kind: IdentityKind, value: string, confirmedAt: string | null }>, relationships: Array<{ createdAt: string, brand: { id: string, slug: string, name: string } }>, consents: Array<{ purpose: ConsentPurpose, granted: boolean, recordedAt: string, brand: { id: string, name: string } }> } | null };

export type MergeCustomersMutationVariables = Exact<{
  input: MergeCustomersInput;
}>;


export type MergeCustomersMutation = { mergeCustomers: { replayed: boolean, merge: { id: string, reason: string, createdAt: string } | null, customer: { id: string, externalId: string | null, wallet: { balance: number, held: number, state: WalletState } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type MessageRewardViewQueryVariables = Exact<{
  customer: CustomerBy;
  messageId: string;
  to: string;
  action?: FormAction;
}>;


export type MessageRewardViewQuery = { messageRewardView: { customerId: string, messageId: string, subjectText: string | null, balanceShown: BalanceShown, warState: WalletState, footerUrl: string | null, pixelUrl: string, clickUrl: string | null, ampUrl: string, triad: { balance: number, openMu: number, actionMu: number, third: number } | null, callToAction: { kind: CallToActionKind, label: string, text: string } | null } | null };

export type MessageRewardViewsQueryVariables = Exact<{
  customers: Array<CustomerBy> | CustomerBy;
  messageId: string;
}>;


export type MessageRewardViewsQuery = { messageRewardViews: Array<{ customerId: string, subjectText: string | null, balanceShown: BalanceShown, warState: WalletState, footerUrl: string | null, pixelUrl: string, ampUrl: string } | null> };

export type MessageQueryVariables = Exact<{
  id: string;
}>;


export type MessageQuery = { message: { id: string, externalId: string, channel: Channel, kind: MessageKind, subject: string | null, campaign: string | null, openMu: number | null, actionMuMax: number | null, audience: number | null, expiresAt: string | null, createdAt: string, brand: { slug: string } } | null };

export type MicronArrivedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type MicronArrivedSubscription = { micronArrived: { at: string, brand: { id: string, name: string } | null, micron: { id: string, subject: string | null, offer: { openMu: number | null, actionMu: number | null } } | null } };

export type MuEconomyQueryVariables = Exact<{
  period?: PeriodInput | null | undefined;
}>;


export type MuEconomyQuery = { brand: { muEconomy: { purchased: number, issued: number, burned: number, extinguished: number, decayed: number, outstanding: number, burnRate: number | null, wallets: number | null, activated: number | null, activationRate: number | null, verified: number, sink: number | null, sinkCoverage: number | null, ledgerSum: number | null, ledgerProvenAt: string | null, asOf: string, modelVersion: string, muCost: { amount: string, currencyCode: string } | null, messageCost: { amount: string }, costPerVerifiedAttention: { amount: string } | null, window: { from: string | null, until: string }, previous: { issued: number, burned: number } } | null, attentionVsAuction: { verified: number, reacquisitions: number, attentionPerReacquisition: number | null, modelVersion: string, attentionCost: { amount: string } | null, costPerVerifiedAttention: { amount: string } | null, reacquisitionCost: { amount: string }, costPerReacquisition: { amount: string } | null, previous: { verified: number } } | null, unitCosts: { muPrice: string | null, survivalDays: number, messageCosts: Array<{ channel: Channel, cost: string }>, serviceCostPerOrder: { amount: string } } | null } | null };

export type MuGrantedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type MuGrantedSubscription = { muGranted: { amount: number, reason: string, at: string, wallet: { balance: number, state: WalletState } | null, brand: { name: string } | null, customer: { id: string } | null } };

export type MuteBrandMutationVariables = Exact<{
  input: MuteBrandInput;
}>;


export type MuteBrandMutation = { muteBrand: { replayed: boolean, relationship: { micronboxPermission: MicronboxPermission, brand: { id: string, name: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type MyMicronboxQueryVariables = Exact<{
  folder?: MicronboxFolder;
  first?: number | null | undefined;
  after?: string | null | undefined;
  microns?: number | null | undefined;
}>;


export type MyMicronboxQuery = { me: { id: string, micronbox: { nodes: Array<{ unread: number, brand: { id: string, name: string }, rank: { position: number, index: number, reason: MicronboxRankReason, asOf: string, modelVersion: string }, newest: { id: string, kind: MessageKind, channel: Channel, subject: string | null, deliveredAt: string, readAt: string | null, savedAt: string | null, leavesAt: string | null, offer: { openMu: number | null, actionMu: number | null, closesAt: string | null, openEarned: boolean, earned: number } } | null, microns: { nodes: Array<{ id: string, subject: string | null, deliveredAt: string, readAt: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type MyWalletQueryVariables = Exact<{ [key: string]: never; }>;


export type MyWalletQuery = { me: { id: string, wallet: { balance: number, held: number, state: WalletState, byBrand: Array<{ balance: number, held: number, brand: { slug: string, name: string } | null }> } } | null };

export type NextCandidatesQueryVariables = Exact<{
  model?: SegmentationModel;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type NextCandidatesQuery = { brand: { nextCandidates: { nodes: Array<{ customer: { id: string, externalId: string | null } | null, score: { score: number, asOf: string, modelVersion: string, reasons: Array<{ kind: GenomeFeatureKind, name: string | null, value: string, lift: number, weight: number }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type NodeQueryVariables = Exact<{
  id: string;
}>;


export type NodeQuery = { node:
    | { __typename: 'Acquisition', id: string }
    | { __typename: 'Adjustment', id: string }
    | { __typename: 'ApiKey', id: string }
    | { __typename: 'AttentionEvent', id: string }
    | { __typename: 'Brand', id: string }
    | { __typename: 'Claim', id: string }
    | { __typename: 'CustomAction', id: string }
    | { __typename: 'Customer', name: string | null, id: string }
    | { __typename: 'CustomerMerge', id: string }
    | { __typename: 'EarnRule', id: string }
    | { __typename: 'EmSeries', id: string }
    | { __typename: 'EventMapping', id: string }
    | { __typename: 'Experiment', id: string }
    | { __typename: 'ExportJob', id: string }
    | { __typename: 'FeedbackMagnet', id: string }
    | { __typename: 'IdentityConfirmation', id: string }
    | { __typename: 'ImportJob', id: string }
    | { __typename: 'Journey', id: string }
    | { __typename: 'JourneyRun', id: string }
    | { __typename: 'LedgerEntry', id: string }
    | { __typename: 'LedgerTransfer', id: string }
    | { __typename: 'MagnetResponse', id: string }
    | { __typename: 'Message', subject: string | null, id: string }
    | { __typename: 'PollMagnet', id: string }
    | { __typename: 'PredictionMagnet', id: string }
    | { __typename: 'PreferenceMagnet', id: string }
    | { __typename: 'Purchase', id: string }
    | { __typename: 'QrCode', id: string }
    | { __typename: 'QuizMagnet', id: string }
    | { __typename: 'Redemption', state: RedemptionState, amount: number, id: string }
    | { __typename: 'Referral', id: string }
    | { __typename: 'ReferralLink', id: string }
    | { __typename: 'ReferralProgram', id: string }
    | { __typename: 'Report', id: string }
    | { __typename: 'ReportSchedule', id: string }
    | { __typename: 'Segment', id: string }
    | { __typename: 'SeriesItem', id: string }
    | { __typename: 'ShopItem', id: string }
    | { __typename: 'Spend', id: string }
    | { __typename: 'SurpriseDraw', id: string }
    | { __typename: 'SurprisePool', id: string }
    | { __typename: 'VelvetArrival', id: string }
    | { __typename: 'VelvetMember', id: string }
    | { __typename: 'VelvetPerk', id: string }
    | { __typename: 'WebhookDelivery', id: string }
    | { __typename: 'WebhookEndpoint', id: string }
   | null };

export type NudgeLiftQueryVariables = Exact<{
  experiment: string;
}>;


export type NudgeLiftQuery = { nudgeLift: { asOf: string, modelVersion: string, incremental: number | null, muSpent: number, window: { from: string | null, until: string }, arms: Array<{ arm: ExperimentArmName, size: number, outcomes: number, rate: number | null, messages: number }>, uplift: { difference: number, low: number, high: number } | null, muCost: { amount: string, currencyCode: string }, messageCost: { amount: string, currencyCode: string }, cost: { amount: string, currencyCode: string }, costPerIncremental: { amount: string, currencyCode: string } | null } | null };

export type OpenClaimMutationVariables = Exact<{
  input: OpenClaimInput;
}>;


export type OpenClaimMutation = { openClaim: { replayed: boolean, claim: { id: string, state: ClaimState, mu: number | null, walletState: WalletState, expiresAt: string, qrCode: { code: string, name: string, mu: number } | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type OptInToMuMutationVariables = Exact<{
  input: OptInToMuInput;
}>;


export type OptInToMuMutation = { optInToMu: { replayed: boolean, wallet: { balance: number, held: number, lifetimeEarned: number, lifetimeRedeemed: number, state: WalletState } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type OptOutOfMuMutationVariables = Exact<{
  input: OptOutOfMuInput;
}>;


export type OptOutOfMuMutation = { optOutOfMu: { extinguished: number, replayed: boolean, wallet: { balance: number, held: number, lifetimeEarned: number, lifetimeRedeemed: number, state: WalletState } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type OrderBucketsQueryVariables = Exact<{
  period?: PeriodInput | null | undefined;
}>;


export type OrderBucketsQuery = { brand: { orderBuckets: { orders: number, otherCurrency: number, asOf: string, modelVersion: string, buckets: Array<{ kind: OrderBucket, orders: number, share: number | null, gross: { amount: string }, refunded: { amount: string }, net: { amount: string } }>, net: { amount: string, currencyCode: string }, reacquisitionTaxBase: { amount: string }, previous: { orders: number, net: { amount: string } } } | null } | null };

export type PublishJourneyMutationVariables = Exact<{
  input: PublishJourneyInput;
}>;


export type PublishJourneyMutation = { publishJourney: { replayed: boolean, journey: { id: string, externalId: string, name: string, version: number | null, createdAt: string, stoppedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type QrCodeQueryVariables = Exact<{
  id: string;
}>;


export type QrCodeQuery = { qrCode: { id: string, code: string, name: string, mu: number, url: string | null, landingUrl: string | null, createdAt: string, message: { id: string, externalId: string } | null, magnet:
      | { id: string, title: string }
      | { id: string, title: string }
      | { id: string, title: string }
      | { id: string, title: string }
      | { id: string, title: string }
     | null, brand: { id: string, slug: string } | null } | null };

export type ReacquisitionDetectedSubscriptionVariables = Exact<{
  customer?: CustomerBy | null | undefined;
}>;


export type ReacquisitionDetectedSubscription = { reacquisitionDetected: { prior: PriorState, at: string, cost: { amount: string, currencyCode: string } | null, customer: { id: string } | null, acquisition: { id: string, route: MarketingRoute } | null } };

export type ReallocateToMuMutationVariables = Exact<{
  input: ReallocateToMuInput;
}>;


export type ReallocateToMuMutation = { reallocateToMu: { replayed: boolean, budgetShift: { from: SpendPurpose, mu: number | null, day: string, reason: string, recordedAt: string, amount: { amount: string, currencyCode: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RecomputeSegmentationMutationVariables = Exact<{
  input: RecomputeSegmentationInput;
}>;


export type RecomputeSegmentationMutation = { recomputeSegmentation: { asOf: string | null, replayed: boolean, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RecordAcquisitionBatchMutationVariables = Exact<{
  input: RecordAcquisitionBatchInput;
}>;


export type RecordAcquisitionBatchMutation = { recordAcquisitionBatch: { results: Array<{ replayed: boolean, acquisition: { id: string, verdict: AcquisitionVerdict, prior: PriorState | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> }>, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RecordAcquisitionMutationVariables = Exact<{
  input: RecordAcquisitionInput;
}>;


export type RecordAcquisitionMutation = { recordAcquisition: { replayed: boolean, acquisition: { id: string, route: MarketingRoute, campaign: string | null, acquiredAt: string, verdict: AcquisitionVerdict, prior: PriorState | null, cost: { amount: string, currencyCode: string } | null, customer: { id: string, externalId: string | null } | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RecordAttentionBatchMutationVariables = Exact<{
  input: RecordAttentionBatchInput;
}>;


export type RecordAttentionBatchMutation = { recordAttentionBatch: { results: Array<{ replayed: boolean, event: { id: string, confidence: number, duplicate: boolean } | null, grants: Array<{ amount: number, reason: string }>, wallet: { balance: number } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> }>, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RecordAttentionMutationVariables = Exact<{
  input: RecordAttentionInput;
}>;


export type RecordAttentionMutation = { recordAttention: { replayed: boolean, event: { id: string, action: AttentionAction, channel: Channel | null, confidence: number, duplicate: boolean, occurredAt: string } | null, grants: Array<{ amount: number, reason: string, rule: { name: string, version: number } | null, entry: { id: string, amount: number, balanceAfter: number } }>, wallet: { balance: number, held: number, lifetimeEarned: number, lifetimeRedeemed: number, state: WalletState } | null, streak: { unit: StreakUnit, current: number, lastDay: string, nextMu: number } | null, explanations: Array<{ outcome: EarnOutcome, reason: string, amount: number, rule: { name: string, version: number } | null }>, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RecordDeliveriesMutationVariables = Exact<{
  input: RecordDeliveriesInput;
}>;


export type RecordDeliveriesMutation = { recordDeliveries: { recorded: number, replayed: boolean, message: { id: string, externalId: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RecordMessageMutationVariables = Exact<{
  input: RecordMessageInput;
}>;


export type RecordMessageMutation = { recordMessage: { reserved: number, replayed: boolean, message: { id: string, externalId: string, channel: Channel, kind: MessageKind, subject: string | null, openMu: number | null, actionMuMax: number | null, audience: number | null, expiresAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RecordOrderBatchMutationVariables = Exact<{
  input: RecordOrderBatchInput;
}>;


export type RecordOrderBatchMutation = { recordOrderBatch: { results: Array<{ replayed: boolean, purchase: { id: string, externalId: string, bucket: OrderBucket } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> }>, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RecordOrderMutationVariables = Exact<{
  input: RecordOrderInput;
}>;


export type RecordOrderMutation = { recordOrder: { replayed: boolean, purchase: { id: string, externalId: string, purchasedAt: string, items: number, surface: OrderSurface, driver: OrderDriver | null, bucket: OrderBucket, total: { amount: string, currencyCode: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RecordPurchaseMutationVariables = Exact<{
  input: RecordPurchaseInput;
}>;


export type RecordPurchaseMutation = { recordPurchase: { replayed: boolean, purchase: { id: string, externalId: string, purchasedAt: string, items: number, total: { amount: string, currencyCode: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RecordSpendBatchMutationVariables = Exact<{
  input: RecordSpendBatchInput;
}>;


export type RecordSpendBatchMutation = { recordSpendBatch: { results: Array<{ replayed: boolean, spend: { id: string, amount: { amount: string, currencyCode: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> }>, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RecordSpendMutationVariables = Exact<{
  input: RecordSpendInput;
}>;


export type RecordSpendMutation = { recordSpend: { replayed: boolean, spend: { id: string, externalId: string | null, purpose: SpendPurpose, route: MarketingRoute, campaign: string | null, firstDay: string, lastDay: string, recordedAt: string, amount: { amount: string, currencyCode: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RecordVelvetArrivalMutationVariables = Exact<{
  input: RecordVelvetArrivalInput;
}>;


export type RecordVelvetArrivalMutation = { recordVelvetArrival: { replayed: boolean, velvetArrival: { id: string, storeId: string, arrivedAt: string, customer: { id: string, name: string | null, velvet: { status: VelvetStatus, since: string | null } | null } | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RedeemPerkMutationVariables = Exact<{
  input: RedeemPerkInput;
}>;


export type RedeemPerkMutation = { redeemPerk: { replayed: boolean, velvetPerk: { id: string, kind: VelvetPerkKind, name: string, grantedAt: string, redeemedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RedeemMutationVariables = Exact<{
  input: RedeemInput;
}>;


export type RedeemMutation = { redeem: { replayed: boolean, redemption: { id: string, amount: number, description: string, state: RedemptionState, createdAt: string, expiresAt: string, resolvedAt: string | null, item: { id: string, externalId: string, name: string } | null } | null, transfer: { id: string, kind: TransferKind, amount: number, reason: string, postedAt: string } | null, wallet: { balance: number, held: number, lifetimeEarned: number, lifetimeRedeemed: number, state: WalletState } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RedeemableQueryVariables = Exact<{
  by: CustomerBy;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RedeemableQuery = { customer: { wallet: { balance: number, state: WalletState }, redeemable: { nodes: Array<{ redeemable: boolean, reason: UserErrorCode | null, missing: number, had: number, item: { id: string, name: string, price: number, minimumBalance: number, stock: number | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type RedemptionChangedSubscriptionVariables = Exact<{
  customer?: CustomerBy | null | undefined;
}>;


export type RedemptionChangedSubscription = { redemptionChanged: { at: string, redemption: { id: string, state: RedemptionState, amount: number, description: string } | null, customer: { id: string } | null } };

export type ReferralActivatedSubscriptionVariables = Exact<{
  customer?: CustomerBy | null | undefined;
}>;


export type ReferralActivatedSubscription = { referralActivated: { referrerMu: number, at: string, referral: { id: string, state: ReferralState } | null, customer: { id: string } | null } };

export type ReferralsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ReferralsQuery = { referrals: { nodes: Array<{ id: string, state: ReferralState, referrerMu: number, friendMu: number, sharePercent: number, shareCapMu: number, sharedMu: number, claimedAt: string, activatedAt: string | null, shareEndsAt: string | null, reversedAt: string | null, referrer: { id: string } | null, friend: { id: string } | null, link: { code: string, channel: Channel } | null, payments: { nodes: Array<{ purpose: ReferralPaymentPurpose, amount: number, paidAt: string, transfer: { id: string } | null }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type RefundOrderMutationVariables = Exact<{
  input: RefundOrderInput;
}>;


export type RefundOrderMutation = { refundOrder: { replayed: boolean, purchase: { id: string, externalId: string, refunded: { amount: string, currencyCode: string }, net: { amount: string, currencyCode: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RegisterCustomActionMutationVariables = Exact<{
  input: RegisterCustomActionInput;
}>;


export type RegisterCustomActionMutation = { registerCustomAction: { replayed: boolean, customAction: { id: string, name: string, description: string | null, createdAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type ReplayWebhookMutationVariables = Exact<{
  input: ReplayWebhookInput;
}>;


export type ReplayWebhookMutation = { replayWebhook: { replayed: boolean, webhookDelivery: { id: string, topic: string, customerId: string | null, payload: Record<string, unknown>, happenedAt: string, state: WebhookDeliveryState, attempts: number, nextAttemptAt: string | null, lastAttemptAt: string | null, lastStatus: number | null, failure: WebhookFailure | null, deliveredAt: string | null, createdAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type ReplayWebhooksMutationVariables = Exact<{
  input: ReplayWebhooksInput;
}>;


export type ReplayWebhooksMutation = { replayWebhooks: { queued: number, hasMore: boolean, replayed: boolean, webhookEndpoint: { id: string, url: string, topics: Array<string>, description: string | null, state: WebhookEndpointState, secretRotatedAt: string | null, failingSince: string | null, createdAt: string, updatedAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RequestAdjustmentMutationVariables = Exact<{
  input: RequestAdjustmentInput;
}>;


export type RequestAdjustmentMutation = { requestAdjustment: { replayed: boolean, adjustment: { id: string, direction: AdjustmentDirection, amount: number, reason: string, state: AdjustmentState, requestedAt: string, expiresAt: string, decidedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type ResolveMagnetMutationVariables = Exact<{
  input: ResolveMagnetInput;
}>;


export type ResolveMagnetMutation = { resolveMagnet: { replayed: boolean, magnet:
      | { id: string, state: MagnetState }
      | { id: string, state: MagnetState }
      | { winningOption: number | null, resolvedAt: string | null, settledAt: string | null, remainderMu: number | null, id: string, state: MagnetState }
      | { id: string, state: MagnetState }
      | { id: string, state: MagnetState }
     | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RetentionCohortsQueryVariables = Exact<{
  basis: CohortBasis;
}>;


export type RetentionCohortsQuery = { brand: { retentionCohorts: { basis: CohortBasis, halfLifeMonths: number | null, asOf: string, modelVersion: string, cohorts: Array<{ firstDay: string, customers: number, halfLifeMonths: number | null, activeMonths: number, months: Array<{ month: number, customers: number, share: number }> }>, window: { from: string | null, until: string } } | null } | null };

export type ReverseTransferMutationVariables = Exact<{
  input: ReverseTransferInput;
}>;


export type ReverseTransferMutation = { reverseTransfer: { replayed: boolean, transfer: { id: string, kind: TransferKind, amount: number, reason: string, postedAt: string, reverses: { id: string, kind: TransferKind } | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RevokeApiKeyMutationVariables = Exact<{
  input: RevokeApiKeyInput;
}>;


export type RevokeApiKeyMutation = { revokeApiKey: { replayed: boolean, apiKey: { id: string, name: string, scopes: Array<ApiKeyScope>, createdAt: string, revokedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RevokeVelvetMutationVariables = Exact<{
  input: RevokeVelvetInput;
}>;


export type RevokeVelvetMutation = { revokeVelvet: { replayed: boolean, velvetMember: { id: string, status: VelvetStatus, invitedAt: string, since: string | null, revokedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type RotateWebhookSecretMutationVariables = Exact<{
  input: RotateWebhookSecretInput;
}>;


export type RotateWebhookSecretMutation = { rotateWebhookSecret: { secret: string | null, replayed: boolean, webhookEndpoint: { id: string, url: string, topics: Array<string>, description: string | null, state: WebhookEndpointState, secretRotatedAt: string | null, failingSince: string | null, createdAt: string, updatedAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type SaveMicronMutationVariables = Exact<{
  input: SaveMicronInput;
}>;


export type SaveMicronMutation = { saveMicron: { replayed: boolean, micron: { id: string, folder: MicronboxFolder, readAt: string | null, savedAt: string | null, leavesAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type ScheduleEmMutationVariables = Exact<{
  input: ScheduleEmInput;
}>;


export type ScheduleEmMutation = { scheduleEm: { replayed: boolean, seriesItem: { id: string, position: number, subject: string, link: string | null, createdAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type ScheduleReportMutationVariables = Exact<{
  input: ScheduleReportInput;
}>;


export type ScheduleReportMutation = { scheduleReport: { replayed: boolean, reportSchedule: { id: string, kind: ReportKind, every: ReportPeriod, nextFirstDay: string, nextDueAt: string, createdAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type SegmentChangedSubscriptionVariables = Exact<{
  customer?: CustomerBy | null | undefined;
}>;


export type SegmentChangedSubscription = { segmentChanged: { change: SegmentChange, name: string, at: string, segment: { id: string, size: { customers: number, asOf: string } } | null, customer: { id: string, externalId: string | null } | null } };

export type SegmentRevenueQueryVariables = Exact<{
  model?: SegmentationModel;
  month?: string | null | undefined;
}>;


export type SegmentRevenueQuery = { brand: { segmentRevenue: { model: SegmentationModel, month: string, bandsKnown: number, orders: number, netRevenueRetention: number | null, asOf: string, modelVersion: string, bands: Array<{ band: Band | null, customers: number, buyers: number, orders: number, share: number | null, netRevenueRetention: number | null, revenue: { amount: string, currencyCode: string }, revenueBefore: { amount: string } }>, revenue: { amount: string }, revenueBefore: { amount: string }, window: { from: string | null, until: string }, previous: { bands: Array<{ band: Band | null, netRevenueRetention: number | null, revenue: { amount: string } }>, revenue: { amount: string } } | null } | null } | null };

export type SegmentQueryVariables = Exact<{
  id: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SegmentQuery = { segment: { id: string, name: string, description: string | null, condition: Record<string, unknown>, version: number, filling: boolean, size: { customers: number, asOf: string, modelVersion: string, window: { from: string | null, until: string } }, members: { nodes: Array<{ id: string, externalId: string | null, relationship: { segments: Array<{ name: string, since: string, segment: { id: string } | null }> } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type SendTestWebhookMutationVariables = Exact<{
  input: SendTestWebhookInput;
}>;


export type SendTestWebhookMutation = { sendTestWebhook: { replayed: boolean, webhookDelivery: { id: string, topic: string, customerId: string | null, payload: Record<string, unknown>, happenedAt: string, state: WebhookDeliveryState, attempts: number, nextAttemptAt: string | null, lastAttemptAt: string | null, lastStatus: number | null, failure: WebhookFailure | null, deliveredAt: string | null, createdAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type SetBudgetPlanMutationVariables = Exact<{
  input: SetBudgetPlanInput;
}>;


export type SetBudgetPlanMutation = { setBudgetPlan: { replayed: boolean, budgetPlan: { firstDay: string, lastDay: string, recordedAt: string, lines: Array<{ purpose: SpendPurpose, amount: { amount: string, currencyCode: string } }> } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type SetChannelPreferenceMutationVariables = Exact<{
  input: SetChannelPreferenceInput;
}>;


export type SetChannelPreferenceMutation = { setChannelPreference: { replayed: boolean, relationship: { channels: Array<{ channel: Channel, preference: ChannelPreference | null, preferredHour: number | null, hasAddress: boolean, bouncedAt: string | null, deliverable: boolean }> } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type SetDormancyPolicyMutationVariables = Exact<{
  input: SetDormancyPolicyInput;
}>;


export type SetDormancyPolicyMutation = { setDormancyPolicy: { replayed: boolean, dormancyPolicy: { activeDays: number, driftingDays: number, inactiveDays: number, dormantDays: number, minMessages: number } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type SetFrequencyPolicyMutationVariables = Exact<{
  input: SetFrequencyPolicyInput;
}>;


export type SetFrequencyPolicyMutation = { setFrequencyPolicy: { replayed: boolean, frequencyPolicy: { updatedAt: string, quietHours: { from: string, until: string } | null, caps: Array<{ channel: Channel | null, perDay: number | null, perWeek: number | null }> } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type SetQuietHoursMutationVariables = Exact<{
  input: SetQuietHoursInput;
}>;


export type SetQuietHoursMutation = { setQuietHours: { replayed: boolean, relationship: { quietHours: { from: string, until: string } | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type SetUnitCostsMutationVariables = Exact<{
  input: SetUnitCostsInput;
}>;


export type SetUnitCostsMutation = { setUnitCosts: { replayed: boolean, unitCosts: { muPrice: string | null, survivalDays: number, messageCosts: Array<{ channel: Channel, cost: string }>, serviceCostPerOrder: { amount: string, currencyCode: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type ShopItemsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ShopItemsQuery = { shopItems: { nodes: Array<{ id: string, externalId: string, name: string, description: string | null, price: number, minimumBalance: number, available: boolean, kind: ShopItemKind, stock: number | null, perCustomer: number | null, startsAt: string | null, endsAt: string | null, expiresInSeconds: number | null, imageUrl: string | null, terms: string | null, everywhere: boolean }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type SimulateBudgetShiftQueryVariables = Exact<{
  to: BudgetTargetInput;
  period?: PeriodInput | null | undefined;
}>;


export type SimulateBudgetShiftQuery = { brand: { simulateBudgetShift: { mu: number | null, verifiedAttention: number | null, acquisitionsGivenUp: number | null, newCustomersGivenUp: number | null, assumptions: Array<string>, asOf: string, modelVersion: string, before: { existingShare: number | null, newCustomers: { amount: string }, existing: { amount: string } }, after: { existingShare: number | null, newCustomers: { amount: string }, existing: { amount: string } }, moved: { amount: string, currencyCode: string }, wasteAvoided: { amount: string } | null, window: { from: string | null, until: string } } | null } | null };

export type SimulateEarnQueryVariables = Exact<{
  event: SimulateEarnInput;
}>;


export type SimulateEarnQuery = { simulateEarn: { total: number, openedMu: number, topUpMu: number, confidence: number, duplicate: boolean, explanations: Array<{ outcome: EarnOutcome, reason: string, amount: number, rule: { name: string, version: number } | null }>, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type StopJourneyMutationVariables = Exact<{
  input: StopJourneyInput;
}>;


export type StopJourneyMutation = { stopJourney: { replayed: boolean, journey: { id: string, externalId: string, name: string, version: number | null, createdAt: string, stoppedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type StreakChangedSubscriptionVariables = Exact<{
  customer?: CustomerBy | null | undefined;
}>;


export type StreakChangedSubscription = { streakChanged: { change: StreakChange, current: number, previous: number | null, at: string, rule: { name: string } | null, customer: { id: string } | null } };

export type SubmitMagnetResponseMutationVariables = Exact<{
  input: SubmitMagnetResponseInput;
}>;


export type SubmitMagnetResponseMutation = { submitMagnetResponse: { replayed: boolean, response: { id: string, mu: number, right: number | null, of: number | null, stakeMu: number, outcome: PredictionOutcome | null, answeredAt: string, consent: { purpose: string, text: string, version: string, givenAt: string } | null } | null, grants: Array<{ amount: number, reason: string }>, wallet: { balance: number, state: WalletState } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type SurpriseAuditQueryVariables = Exact<{
  poolId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SurpriseAuditQuery = { surpriseAudit: { drawCount: number, wins: number, paidMu: number, verified: boolean, pool: { id: string, seed: string | null, commitment: string, prizeMu: number, oddsOneIn: number }, mismatches: Array<{ id: string }>, draws: { nodes: Array<{ input: string, window: number, won: boolean, amount: number, drawnAt: string, customer: { id: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type SurpriseReceivedSubscriptionVariables = Exact<{
  customer?: CustomerBy | null | undefined;
}>;


export type SurpriseReceivedSubscription = { surpriseReceived: { amount: number, at: string, pool: { id: string } | null, customer: { id: string } | null } };

export type TriggerSurpriseMutationVariables = Exact<{
  input: TriggerSurpriseInput;
}>;


export type TriggerSurpriseMutation = { triggerSurprise: { firstDraw: boolean, replayed: boolean, surpriseDraw: { id: string, window: number, won: boolean, amount: number, input: string, drawnAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type UnifiedCustomerViewQueryVariables = Exact<{
  by: CustomerBy;
  channel?: Channel;
  last?: number | null | undefined;
}>;


export type UnifiedCustomerViewQuery = { customer: { id: string, externalId: string | null, name: string | null, email: string | null, phone: string | null, traits: Record<string, unknown>, identities: Array<{ kind: IdentityKind, value: string, level: IdentityLevel, confirmedAt: string | null }>, consents: Array<{ purpose: ConsentPurpose, granted: boolean, recordedAt: string }>, relationship: { createdAt: string, channels: Array<{ channel: Channel, preference: ChannelPreference | null, deliverable: boolean }>, canContact: { allowed: boolean, allowedAt: string | null, reasons: Array<{ code: ContactReasonCode, until: string | null }> } | null, hotline: { state: HotlineState, lastHeard: string | null, channels: Array<Channel> } | null, attentionScore: { raw30d: number, ema: number, index: number, band: AttentionBand, streak: number, trend: AttentionTrend, asOf: string, modelVersion: string } | null, dormancy: { state: DormancyState, since: string, daysSilent: number | null, nextState: DormancyState | null, nextAt: string | null, modelVersion: string } | null, purchaseTotals: { orders: number, otherCurrencyOrders: number, lastAt: string | null, net: { amount: string, currencyCode: string } } | null, clv: { pAlive: number | null, source: WorthSource, asOf: string, modelVersion: string, value: { amount: string, currencyCode: string } } | null, customerProfit: { modelVersion: string, profit: { amount: string, currencyCode: string } } | null, worth: { band: Band, modelVersion: string } | null, plays: { band: Band, progress: TransactionProgress, attentiveness: Attentiveness, modelVersion: string } | null, segments: Array<{ name: string, since: string }>, scores: Array<{ kind: ScoreKind, value: number, scorer: string, scoredAt: string }> } | null, wallet: { balance: number, held: number, state: WalletState, lifetimeEarned: number }, timeline: { nodes: Array<
        | { __typename: 'AttentionEvent', id: string, action: AttentionAction, confidence: number, occurredAt: string }
        | { __typename: 'LedgerEntry', id: string, amount: number, kind: TransferKind, reason: string, postedAt: string }
        | { __typename: 'MessageDelivery', deliveredAt: string, delivered: { id: string, subject: string | null } }
        | { __typename: 'Purchase', id: string, purchasedAt: string, total: { amount: string, currencyCode: string } }
        | { __typename: 'Redemption', id: string, amount: number, state: RedemptionState, createdAt: string }
      > } } | null };

export type UnmergeCustomersMutationVariables = Exact<{
  input: UnmergeCustomersInput;
}>;


export type UnmergeCustomersMutation = { unmergeCustomers: { replayed: boolean, merge: { id: string, reason: string, createdAt: string, undoneAt: string | null, undoneReason: string | null } | null, from: { id: string, externalId: string | null, wallet: { balance: number } } | null, into: { id: string, externalId: string | null, wallet: { balance: number, owed: number } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type UnsaveMicronMutationVariables = Exact<{
  input: UnsaveMicronInput;
}>;


export type UnsaveMicronMutation = { unsaveMicron: { replayed: boolean, micron: { id: string, folder: MicronboxFolder, readAt: string | null, savedAt: string | null, leavesAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type UpdateBrandMutationVariables = Exact<{
  input: UpdateBrandInput;
}>;


export type UpdateBrandMutation = { updateBrand: { replayed: boolean, brand: { id: string, slug: string, name: string, timezone: string, currency: string, maxEventAgeDays: number, sendgridPublicKey: string | null, linkOrigins: Array<string>, ampSenders: Array<string>, triadThird: TriadThird, createdAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type UpdateEmSeriesMutationVariables = Exact<{
  input: UpdateEmSeriesInput;
}>;


export type UpdateEmSeriesMutation = { updateEmSeries: { replayed: boolean, emSeries: { id: string, externalId: string, name: string, dailySlot: string, state: EmSeriesState, createdAt: string, updatedAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type UpdateWebhookEndpointMutationVariables = Exact<{
  input: UpdateWebhookEndpointInput;
}>;


export type UpdateWebhookEndpointMutation = { updateWebhookEndpoint: { replayed: boolean, webhookEndpoint: { id: string, url: string, topics: Array<string>, description: string | null, state: WebhookEndpointState, secretRotatedAt: string | null, failingSince: string | null, createdAt: string, updatedAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type UpdateWorthSettingsMutationVariables = Exact<{
  input: UpdateWorthSettingsInput;
}>;


export type UpdateWorthSettingsMutation = { updateWorthSettings: { replayed: boolean, settings: { margin: number, discount: number, horizonYears: number, yearlyRetention: number, daysBetweenOrders: number, clvModel: ClvModel } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type UpsertEarnRuleMutationVariables = Exact<{
  input: UpsertEarnRuleInput;
}>;


export type UpsertEarnRuleMutation = { upsertEarnRule: { replayed: boolean, earnRule: { id: string, name: string, version: number, action: AttentionAction, amount: number, channels: Array<Channel>, perCustomerPerDay: number, minConfidence: number, maxMuPerCustomerPerDay: number | null, maxMuPerCustomer: number | null, maxMuPerCampaign: number | null, maxMuInTotal: number | null, priority: number, stacking: EarnStacking, enabled: boolean, streak: { unit: StreakUnit, cap: number, startAt: number, resetTo: number, graceUnits: number } | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type UpsertEventMappingMutationVariables = Exact<{
  input: UpsertEventMappingInput;
}>;


export type UpsertEventMappingMutation = { upsertEventMapping: { replayed: boolean, eventMapping: { id: string, key: string, mapping: Record<string, unknown>, createdAt: string, updatedAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type UpsertReferralProgramMutationVariables = Exact<{
  input: UpsertReferralProgramInput;
}>;


export type UpsertReferralProgramMutation = { upsertReferralProgram: { replayed: boolean, referralProgram: { id: string, referrerMu: number, friendMu: number, sharePercent: number, shareDays: number, shareCapMu: number, linkBase: string | null, open: boolean, reserved: number } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type UpsertSegmentMutationVariables = Exact<{
  input: UpsertSegmentInput;
}>;


export type UpsertSegmentMutation = { upsertSegment: { replayed: boolean, segment: { id: string, name: string, description: string | null, condition: Record<string, unknown>, version: number, filling: boolean, createdAt: string, updatedAt: string, size: { customers: number, asOf: string, modelVersion: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type UpsertShopItemMutationVariables = Exact<{
  input: UpsertShopItemInput;
}>;


export type UpsertShopItemMutation = { upsertShopItem: { replayed: boolean, shopItem: { id: string, externalId: string, name: string, description: string | null, price: number, minimumBalance: number, available: boolean, kind: ShopItemKind, stock: number | null, perCustomer: number | null, startsAt: string | null, endsAt: string | null, expiresInSeconds: number | null, imageUrl: string | null, terms: string | null, everywhere: boolean, createdAt: string, updatedAt: string } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type VelvetArrivalSubscriptionVariables = Exact<{
  storeId?: string | null | undefined;
}>;


export type VelvetArrivalSubscription = { velvetArrival: { storeId: string, at: string, customer: { id: string, name: string | null } | null } };

export type VoidMagnetMutationVariables = Exact<{
  input: VoidMagnetInput;
}>;


export type VoidMagnetMutation = { voidMagnet: { replayed: boolean, magnet:
      | { id: string, state: MagnetState }
      | { id: string, state: MagnetState }
      | { resolvedAt: string | null, settledAt: string | null, remainderMu: number | null, id: string, state: MagnetState }
      | { id: string, state: MagnetState }
      | { id: string, state: MagnetState }
     | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type WalletChangedSubscriptionVariables = Exact<{
  customer?: CustomerBy | null | undefined;
}>;


export type WalletChangedSubscription = { walletChanged: { kind: TransferKind, amount: number, reason: string, at: string, entry: { id: string, balanceAfter: number } | null, wallet: { balance: number, held: number } | null } };

export type WebhookEndpointsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  state?: WebhookDeliveryState | null | undefined;
}>;


export type WebhookEndpointsQuery = { webhookEndpoints: { nodes: Array<{ id: string, url: string, topics: Array<string>, state: WebhookEndpointState, failingSince: string | null, deliveries: { nodes: Array<{ id: string, topic: string, happenedAt: string, state: WebhookDeliveryState, attempts: number, nextAttemptAt: string | null, lastStatus: number | null, failure: WebhookFailure | null }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type WebhookTopicsQueryVariables = Exact<{ [key: string]: never; }>;


export type WebhookTopicsQuery = { webhookTopics: Array<{ name: string, description: string }> };

export type WithdrawAnswerMutationVariables = Exact<{
  input: WithdrawAnswerInput;
}>;


export type WithdrawAnswerMutation = { withdrawAnswer: { replayed: boolean, response: { id: string, choices: Array<number>, text: string | null, mu: number, withdrawnAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export type WithdrawConsentMutationVariables = Exact<{
  input: WithdrawConsentInput;
}>;


export type WithdrawConsentMutation = { withdrawConsent: { replayed: boolean, consent: { purpose: ConsentPurpose, granted: boolean, recordedAt: string, brand: { id: string, slug: string } } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const AcceptVelvetInvitationDocument = new TypedDocumentString(`
    mutation AcceptVelvetInvitation($input: AcceptVelvetInvitationInput!) {
  acceptVelvetInvitation(input: $input) {
    velvetMember {
      id
      status
      invitedAt
      since
      revokedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<AcceptVelvetInvitationMutation, AcceptVelvetInvitationMutationVariables>;
export const ActivateReferralDocument = new TypedDocumentString(`
    mutation ActivateReferral($input: ActivateReferralInput!) {
  activateReferral(input: $input) {
    referral {
      id
      state
      referrerMu
      friendMu
      sharePercent
      shareCapMu
      sharedMu
      claimedAt
      activatedAt
      shareEndsAt
      reversedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ActivateReferralMutation, ActivateReferralMutationVariables>;
export const AdWasteDocument = new TypedDocumentString(`
    query AdWaste($period: PeriodInput) {
  brand {
    adWaste(period: $period) {
      reacquisition {
        count
        spend {
          amount
        }
        share
      }
      wrongAcquisition {
        count
        withoutOrder
        spend {
          amount
        }
      }
      wasted {
        amount
        currencyCode
      }
      share
      paidSpend {
        amount
      }
      acquisitions
      trueNew
      watched
      alreadyAwake
      reportedCac {
        amount
      }
      trueCac {
        amount
      }
      unpriced
      otherCurrency
      asOf
      window {
        from
        until
      }
      modelVersion
      previous {
        share
        trueCac {
          amount
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AdWasteQuery, AdWasteQueryVariables>;
export const AdjustmentsDocument = new TypedDocumentString(`
    query Adjustments($first: Int, $after: String) {
  adjustments(first: $first, after: $after) {
    nodes {
      id
      direction
      amount
      reason
      state
      requestedAt
      expiresAt
      decidedAt
      customer {
        id
        externalId
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<AdjustmentsQuery, AdjustmentsQueryVariables>;
export const AdvanceEmSeriesDocument = new TypedDocumentString(`
    mutation AdvanceEmSeries($input: AdvanceEmSeriesInput!) {
  advanceEmSeries(input: $input) {
    emSeries {
      id
      externalId
      name
      dailySlot
      state
      createdAt
      updatedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<AdvanceEmSeriesMutation, AdvanceEmSeriesMutationVariables>;
export const AllowBrandDocument = new TypedDocumentString(`
    mutation AllowBrand($input: AllowBrandInput!) {
  allowBrand(input: $input) {
    relationship {
      brand {
        id
        name
      }
      micronboxPermission
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<AllowBrandMutation, AllowBrandMutationVariables>;
export const AnswerClaimDocument = new TypedDocumentString(`
    mutation AnswerClaim($input: AnswerClaimInput!) {
  answerClaim(input: $input) {
    claim {
      id
      state
      mu
      walletState
      answeredAt
      expiresAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<AnswerClaimMutation, AnswerClaimMutationVariables>;
export const ApproveAdjustmentDocument = new TypedDocumentString(`
    mutation ApproveAdjustment($input: ApproveAdjustmentInput!) {
  approveAdjustment(input: $input) {
    adjustment {
      id
      direction
      amount
      reason
      state
      requestedAt
      expiresAt
      decidedAt
    }
    transfer {
      id
      kind
      amount
      reason
      postedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ApproveAdjustmentMutation, ApproveAdjustmentMutationVariables>;
export const AttentionFunnelDocument = new TypedDocumentString(`
    query AttentionFunnel($days: FunnelWindow! = DAYS_30) {
  brand {
    attentionFunnel(days: $days) {
      days
      steps {
        step
        customers
        rate
      }
      asOf
      window {
        from
        until
      }
      modelVersion
      previous {
        steps {
          step
          customers
          rate
        }
        asOf
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AttentionFunnelQuery, AttentionFunnelQueryVariables>;
export const AttentionScoreChangedDocument = new TypedDocumentString(`
    subscription AttentionScoreChanged($customer: CustomerBy) {
  attentionScoreChanged(customer: $customer) {
    from
    to
    index
    at
    customer {
      id
      externalId
    }
  }
}
    `) as unknown as TypedDocumentString<AttentionScoreChangedSubscription, AttentionScoreChangedSubscriptionVariables>;
export const BestCustomerGenomeDocument = new TypedDocumentString(`
    query BestCustomerGenome($model: SegmentationModel! = VALUE_2021) {
  brand {
    bestCustomerGenome(model: $model) {
      model
      best
      customers
      bandsAsOf
      smoothing
      leastSupport
      features {
        kind
        name
        value
        best
        customers
        shareOfBest
        shareOfAll
        lift
        weight
      }
      asOf
      window {
        from
        until
      }
      modelVersion
    }
  }
}
    `) as unknown as TypedDocumentString<BestCustomerGenomeQuery, BestCustomerGenomeQueryVariables>;
export const BindClaimDocument = new TypedDocumentString(`
    mutation BindClaim($input: BindClaimInput!) {
  bindClaim(input: $input) {
    claim {
      id
      state
      mu
      walletState
      boundAt
      customer {
        id
        externalId
      }
    }
    wallet {
      balance
      held
      lifetimeEarned
      lifetimeRedeemed
      state
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<BindClaimMutation, BindClaimMutationVariables>;
export const BrandAtRiskDocument = new TypedDocumentString(`
    query BrandAtRisk($first: Int, $after: String) {
  brand {
    atRisk(first: $first, after: $after) {
      nodes {
        customer {
          id
          externalId
        }
        state
        nextState
        dueAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BrandAtRiskQuery, BrandAtRiskQueryVariables>;
export const BrandDashboardDocument = new TypedDocumentString(`
    query BrandDashboard($period: PeriodInput) {
  brand {
    name
    budget
    realReach {
      reach30
      reach90
      reach365
      rate
      asOf
      modelVersion
    }
    attentionSummary {
      customers
      mean
      median
      bands {
        band
        customers
        share
      }
      monthlyGrowth
      asOf
      modelVersion
    }
    attentionRetention {
      rolling {
        retention
        churn
      }
      asOf
      modelVersion
    }
    openStreakRate {
      rate
      asOf
      modelVersion
    }
    dormancyCounts {
      states {
        state
        customers
        share
      }
      asOf
      modelVersion
    }
    opportunityReport {
      customers
      expectedValue {
        amount
        currencyCode
      }
      asOf
      modelVersion
    }
    segmentation(model: VALUE_2021) {
      bands {
        band
        customers
        revenueShare
        netMovement
      }
      asOf
      modelVersion
    }
    transactionAttentionTable {
      cells {
        progress
        attentiveness
        band
        customers
      }
      asOf
      modelVersion
    }
    executiveSummary(period: $period) {
      adWaste {
        share
        trueCac {
          amount
        }
      }
      marketingSpendRatio {
        ratio
      }
      budgetSplit {
        existingShare
      }
      earnedGrowth {
        earnedGrowth
      }
      muEconomy {
        issued
        burned
        outstanding
      }
      profitConcentration {
        bestFifthShare
      }
      asOf
      window {
        from
        until
      }
      modelVersion
    }
    metrics(
      names: [VERIFIED_EVENTS, NET_REVENUE, REAL_REACH]
      bucket: WEEK
      last: 12
    ) {
      name
      bucket
      buckets {
        firstDay
        lastDay
        complete
        value
        amount {
          amount
        }
      }
      previous {
        value
      }
      asOf
      modelVersion
    }
  }
}
    `) as unknown as TypedDocumentString<BrandDashboardQuery, BrandDashboardQueryVariables>;
export const BrandExperimentsDocument = new TypedDocumentString(`
    query BrandExperiments($first: Int, $after: String) {
  brand {
    id
    experiments(first: $first, after: $after) {
      nodes {
        id
        externalId
        outcome
        state
        holdoutShare
        dormancies
        segment {
          id
          name
        }
        band {
          model
          in
        }
        startsAt
        endsAt
        attentionFunnel(groupBy: VARIANT) {
          asOf
          modelVersion
          groups {
            arm
            size
            delivered
            opened
            verified
            clicked
            ordered
            steps {
              step
              customers
              rate
            }
          }
          uplift {
            difference
            low
            high
          }
          incremental
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BrandExperimentsQuery, BrandExperimentsQueryVariables>;
export const BrandExportsDocument = new TypedDocumentString(`
    query BrandExports($first: Int, $after: String) {
  brand {
    id
    exports(first: $first, after: $after) {
      nodes {
        id
        status
        parts
        asOf
        createdAt
        expiresAt
        rows
        bytes
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BrandExportsQuery, BrandExportsQueryVariables>;
export const BrandImportsDocument = new TypedDocumentString(`
    query BrandImports($first: Int, $after: String) {
  brand {
    id
    importJobs(first: $first, after: $after) {
      nodes {
        id
        status
        received
        recorded
        duplicates
        refused
        createdAt
        finishedAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    eventMappings(first: 50) {
      nodes {
        id
        key
        mapping
        updatedAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BrandImportsQuery, BrandImportsQueryVariables>;
export const BrandJourneysDocument = new TypedDocumentString(`
    query BrandJourneys($first: Int, $after: String) {
  brand {
    id
    journeys(first: $first, after: $after) {
      nodes {
        id
        externalId
        name
        version
        stoppedAt
        runs(first: 5, state: ACTIVE) {
          nodes {
            id
            dueAt
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BrandJourneysQuery, BrandJourneysQueryVariables>;
export const BrandMetricsDocument = new TypedDocumentString(`
    query BrandMetrics($names: [BrandMetric!]!, $bucket: TimeBucket!, $last: Int!) {
  brand {
    metrics(names: $names, bucket: $bucket, last: $last) {
      name
      bucket
      buckets {
        firstDay
        lastDay
        complete
        value
        amount {
          amount
        }
      }
      total {
        value
        amount {
          amount
          currencyCode
        }
      }
      previous {
        value
        amount {
          amount
        }
      }
      change
      asOf
      window {
        from
        until
      }
      modelVersion
    }
  }
}
    `) as unknown as TypedDocumentString<BrandMetricsQuery, BrandMetricsQueryVariables>;
export const BrandReportsDocument = new TypedDocumentString(`
    query BrandReports($first: Int, $after: String) {
  brand {
    reportSchedules {
      id
      kind
      every
      nextFirstDay
      nextDueAt
    }
    reports(first: $first, after: $after) {
      nodes {
        id
        kind
        every
        firstDay
        lastDay
        figures {
          name
          value
          amount {
            amount
            currencyCode
          }
          previousValue
          previousAmount {
            amount
          }
          modelVersion
        }
        asOf
        window {
          from
          until
        }
        modelVersion
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BrandReportsQuery, BrandReportsQueryVariables>;
export const BrandSegmentationDocument = new TypedDocumentString(`
    query BrandSegmentation($model: SegmentationModel!) {
  brand {
    segmentation(model: $model) {
      model
      modelVersion
      asOf
      window {
        from
        until
      }
      comparedWith
      bands {
        band
        customers
        share
        revenue {
          amount
          currencyCode
        }
        revenueShare
        lifetimeValue {
          amount
          currencyCode
        }
        netMovement
      }
    }
    transactionAttentionTable {
      model
      modelVersion
      asOf
      comparedWith
      cells {
        progress
        attentiveness
        band
        customers
        revenue {
          amount
          currencyCode
        }
        revenueAtRisk {
          amount
          currencyCode
        }
        netMovement
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BrandSegmentationQuery, BrandSegmentationQueryVariables>;
export const BrandSpendDocument = new TypedDocumentString(`
    query BrandSpend($first: Int = 20, $after: String) {
  brand {
    spend(first: $first, after: $after) {
      nodes {
        id
        externalId
        purpose
        route
        campaign
        firstDay
        lastDay
        amount {
          amount
          currencyCode
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    reacquisitions(first: $first) {
      nodes {
        id
        externalId
        route
        campaign
        prior
        verdict
        judgedAt
        ordered
        acquiredAt
        cost {
          amount
          currencyCode
        }
        customer {
          id
          externalId
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BrandSpendQuery, BrandSpendQueryVariables>;
export const BrandStandingDocument = new TypedDocumentString(`
    query BrandStanding {
  brand {
    realReach {
      reach30
      reach90
      reach365
      addressed
      rate
      asOf
      window {
        from
        until
      }
      modelVersion
    }
    attentionRetention {
      quarters {
        firstDay
        complete
        clickersBefore
        returned
        clickers
        retention
        churn
      }
      rolling {
        clickersBefore
        returned
        retention
        churn
      }
      asOf
      window {
        from
        until
      }
      modelVersion
    }
    attentionSummary {
      customers
      sum
      mean
      median
      bands {
        band
        customers
        share
      }
      trend {
        firstDay
        sum
        mean
      }
      monthlyGrowth
      growthGoal
      reachesGoal
      asOf
      window {
        from
        until
      }
      modelVersion
    }
    openStreakRate {
      active
      streaking
      rate
      asOf
      window {
        from
        until
      }
      modelVersion
    }
    dormancyCounts {
      customers
      states {
        state
        customers
        share
      }
      asOf
      window {
        from
        until
      }
      modelVersion
    }
    opportunityReport {
      customers
      unvalued
      expectedValue {
        amount
        currencyCode
      }
      byState {
        state
        customers
        expectedValue {
          amount
        }
      }
      asOf
      window {
        from
        until
      }
      modelVersion
    }
  }
}
    `) as unknown as TypedDocumentString<BrandStandingQuery, BrandStandingQueryVariables>;
export const BrandWorthModelDocument = new TypedDocumentString(`
    query BrandWorthModel {
  brand {
    id
    worthModel {
      outcome
      triedAt
      customers
      repeatCustomers
      leastCustomers
      leastRepeatCustomers
      version
      fittedAt
      asOf
      window {
        from
        until
      }
      modelVersion
      buying {
        r
        alpha
        a
        b
        logLikelihood
      }
      spending {
        p
        q
        v
        logLikelihood
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BrandWorthModelQuery, BrandWorthModelQueryVariables>;
export const BrandDocument = new TypedDocumentString(`
    query Brand($id: ID) {
  brand(id: $id) {
    id
    slug
    name
    timezone
    currency
    maxEventAgeDays
    sendgridPublicKey
    linkOrigins
    ampSenders
    triadThird
    createdAt
    apiKeys {
      id
      name
      scopes
      createdAt
      revokedAt
    }
  }
}
    `) as unknown as TypedDocumentString<BrandQuery, BrandQueryVariables>;
export const BudgetSplitDocument = new TypedDocumentString(`
    query BudgetSplit($period: PeriodInput) {
  brand {
    budgetSplit(period: $period) {
      lines {
        purpose
        spent {
          amount
        }
        spentShare
        planned {
          amount
        }
        moved {
          amount
        }
        budget {
          amount
        }
        budgetShare
        routes {
          route
          spent {
            amount
          }
          share
        }
      }
      spent {
        amount
        currencyCode
      }
      budget {
        amount
      }
      existingShare
      existingBudgetShare
      otherCurrency
      asOf
      modelVersion
      previous {
        existingShare
      }
    }
    marketingSpendRatio(period: $period) {
      ratio
      onExisting {
        amount
      }
      spent {
        amount
      }
      modelVersion
      previous {
        ratio
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BudgetSplitQuery, BudgetSplitQueryVariables>;
export const CanContactEachDocument = new TypedDocumentString(`
    query CanContactEach($customers: [CustomerBy!]!, $channel: Channel!, $purpose: ConsentPurpose = MESSAGES, $at: DateTime) {
  canContactEach(
    customers: $customers
    channel: $channel
    purpose: $purpose
    at: $at
  ) {
    allowed
    reasons {
      code
      until
    }
    allowedAt
  }
}
    `) as unknown as TypedDocumentString<CanContactEachQuery, CanContactEachQueryVariables>;
export const CanContactDocument = new TypedDocumentString(`
    query CanContact($customer: CustomerBy!, $channel: Channel!, $purpose: ConsentPurpose = MESSAGES, $at: DateTime) {
  canContact(customer: $customer, channel: $channel, purpose: $purpose, at: $at) {
    channel
    at
    allowed
    reasons {
      code
      purpose
      until
    }
    allowedAt
    preferredAt
  }
}
    `) as unknown as TypedDocumentString<CanContactQuery, CanContactQueryVariables>;
export const CancelRedemptionDocument = new TypedDocumentString(`
    mutation CancelRedemption($input: CancelRedemptionInput!) {
  cancelRedemption(input: $input) {
    redemption {
      id
      amount
      description
      state
      createdAt
      expiresAt
      resolvedAt
      item {
        id
        externalId
        name
      }
    }
    transfer {
      id
      kind
      amount
      reason
      postedAt
    }
    wallet {
      balance
      held
      lifetimeEarned
      lifetimeRedeemed
      state
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CancelRedemptionMutation, CancelRedemptionMutationVariables>;
export const CaptureRedemptionDocument = new TypedDocumentString(`
    mutation CaptureRedemption($input: CaptureRedemptionInput!) {
  captureRedemption(input: $input) {
    redemption {
      id
      amount
      description
      state
      createdAt
      expiresAt
      resolvedAt
      item {
        id
        externalId
        name
      }
    }
    transfer {
      id
      kind
      amount
      reason
      postedAt
    }
    wallet {
      balance
      held
      lifetimeEarned
      lifetimeRedeemed
      state
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CaptureRedemptionMutation, CaptureRedemptionMutationVariables>;
export const ClaimReferralDocument = new TypedDocumentString(`
    mutation ClaimReferral($input: ClaimReferralInput!) {
  claimReferral(input: $input) {
    referral {
      id
      state
      referrerMu
      friendMu
      sharePercent
      shareCapMu
      sharedMu
      claimedAt
      activatedAt
      shareEndsAt
      reversedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ClaimReferralMutation, ClaimReferralMutationVariables>;
export const ClaimDocument = new TypedDocumentString(`
    query Claim($id: ID!) {
  claim(id: $id) {
    id
    state
    mu
    walletState
    createdAt
    answeredAt
    boundAt
    expiresAt
    qrCode {
      id
      code
      name
    }
    customer {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<ClaimQuery, ClaimQueryVariables>;
export const CloseMagnetDocument = new TypedDocumentString(`
    mutation CloseMagnet($input: CloseMagnetInput!) {
  closeMagnet(input: $input) {
    magnet {
      id
      state
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CloseMagnetMutation, CloseMagnetMutationVariables>;
export const CloseSurprisePoolDocument = new TypedDocumentString(`
    mutation CloseSurprisePool($input: CloseSurprisePoolInput!) {
  closeSurprisePool(input: $input) {
    surprisePool {
      id
      externalId
      prizeMu
      oddsOneIn
      poolMu
      windowHours
      startsAt
      endsAt
      commitment
      seed
      createdAt
      closedAt
    }
    released
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CloseSurprisePoolMutation, CloseSurprisePoolMutationVariables>;
export const ConfirmIdentityDocument = new TypedDocumentString(`
    mutation ConfirmIdentity($input: ConfirmIdentityInput!) {
  confirmIdentity(input: $input) {
    confirmation {
      id
      kind
      value
      confirmedAt
    }
    customer {
      id
      externalId
      email
      phone
      wallet {
        balance
        state
      }
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ConfirmIdentityMutation, ConfirmIdentityMutationVariables>;
export const ConsentChangedDocument = new TypedDocumentString(`
    subscription ConsentChanged($customer: CustomerBy) {
  consentChanged(customer: $customer) {
    purpose
    granted
    toldBy
    at
    customer {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<ConsentChangedSubscription, ConsentChangedSubscriptionVariables>;
export const ConsentHistoryDocument = new TypedDocumentString(`
    query ConsentHistory($by: CustomerBy!, $purpose: ConsentPurpose, $first: Int = 20, $after: String) {
  customer(by: $by) {
    id
    relationship {
      consentHistory(purpose: $purpose, first: $first, after: $after) {
        nodes {
          purpose
          granted
          toldBy
          source
          givenAt
          recordedAt
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ConsentHistoryQuery, ConsentHistoryQueryVariables>;
export const CreateApiKeyDocument = new TypedDocumentString(`
    mutation CreateApiKey($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    apiKey {
      id
      name
      scopes
      createdAt
      revokedAt
    }
    secret
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateApiKeyMutation, CreateApiKeyMutationVariables>;
export const CreateBrandDocument = new TypedDocumentString(`
    mutation CreateBrand($input: CreateBrandInput!) {
  createBrand(input: $input) {
    brand {
      id
      slug
      name
      timezone
      currency
      maxEventAgeDays
      createdAt
    }
    apiKey
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateBrandMutation, CreateBrandMutationVariables>;
export const CreateCustomerTokenDocument = new TypedDocumentString(`
    mutation CreateCustomerToken($input: CreateCustomerTokenInput!) {
  createCustomerToken(input: $input) {
    token
    expiresAt
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateCustomerTokenMutation, CreateCustomerTokenMutationVariables>;
export const CreateEmSeriesDocument = new TypedDocumentString(`
    mutation CreateEmSeries($input: CreateEmSeriesInput!) {
  createEmSeries(input: $input) {
    emSeries {
      id
      externalId
      name
      dailySlot
      state
      createdAt
      updatedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateEmSeriesMutation, CreateEmSeriesMutationVariables>;
export const CreateExperimentDocument = new TypedDocumentString(`
    mutation CreateExperiment($input: CreateExperimentInput!) {
  createExperiment(input: $input) {
    experiment {
      id
      externalId
      outcome
      holdoutShare
      reserveMu
      releasedMu
      startsAt
      endsAt
      createdAt
      assignedAt
      endedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateExperimentMutation, CreateExperimentMutationVariables>;
export const CreateJourneyDocument = new TypedDocumentString(`
    mutation CreateJourney($input: CreateJourneyInput!) {
  createJourney(input: $input) {
    journey {
      id
      externalId
      name
      version
      createdAt
      stoppedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateJourneyMutation, CreateJourneyMutationVariables>;
export const CreateMagnetDocument = new TypedDocumentString(`
    mutation CreateMagnet($input: CreateMagnetInput!) {
  createMagnet(input: $input) {
    magnet {
      id
      externalId
      title
      state
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateMagnetMutation, CreateMagnetMutationVariables>;
export const CreateQrCodeDocument = new TypedDocumentString(`
    mutation CreateQrCode($input: CreateQrCodeInput!) {
  createQrCode(input: $input) {
    qrCode {
      id
      code
      name
      mu
      url
      landingUrl
      createdAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateQrCodeMutation, CreateQrCodeMutationVariables>;
export const CreateReferralLinkDocument = new TypedDocumentString(`
    mutation CreateReferralLink($input: CreateReferralLinkInput!) {
  createReferralLink(input: $input) {
    referralLink {
      id
      code
      channel
      address
      createdAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateReferralLinkMutation, CreateReferralLinkMutationVariables>;
export const CreateSurprisePoolDocument = new TypedDocumentString(`
    mutation CreateSurprisePool($input: CreateSurprisePoolInput!) {
  createSurprisePool(input: $input) {
    surprisePool {
      id
      externalId
      prizeMu
      oddsOneIn
      poolMu
      windowHours
      startsAt
      endsAt
      commitment
      seed
      createdAt
      closedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateSurprisePoolMutation, CreateSurprisePoolMutationVariables>;
export const CreateVelvetCredentialDocument = new TypedDocumentString(`
    mutation CreateVelvetCredential($input: CreateVelvetCredentialInput!) {
  createVelvetCredential(input: $input) {
    token
    expiresAt
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateVelvetCredentialMutation, CreateVelvetCredentialMutationVariables>;
export const CreateWebhookEndpointDocument = new TypedDocumentString(`
    mutation CreateWebhookEndpoint($input: CreateWebhookEndpointInput!) {
  createWebhookEndpoint(input: $input) {
    webhookEndpoint {
      id
      url
      topics
      description
      state
      secretRotatedAt
      failingSince
      createdAt
      updatedAt
    }
    secret
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateWebhookEndpointMutation, CreateWebhookEndpointMutationVariables>;
export const CustomActionsDocument = new TypedDocumentString(`
    query CustomActions {
  customActions {
    id
    name
    description
    createdAt
  }
}
    `) as unknown as TypedDocumentString<CustomActionsQuery, CustomActionsQueryVariables>;
export const CustomerAttentionDocument = new TypedDocumentString(`
    query CustomerAttention($by: CustomerBy!, $last: Int! = 30) {
  customer(by: $by) {
    id
    relationship {
      attentionScore {
        raw30d
        ema
        index
        band
        streak
        points30d
        previousPoints30d
        trend
        asOf
        window {
          from
          until
        }
        modelVersion
      }
      attentionTrajectory(last: $last) {
        trend
        days {
          day
          opens
          clicks
          events
          verified
          points
          ema
        }
        asOf
        window {
          from
          until
        }
        modelVersion
      }
      dormancy {
        state
        since
        daysSilent
        messagesSince
        nextState
        nextAt
        reactivatedAt
        asOf
        window {
          from
          until
        }
        modelVersion
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerAttentionQuery, CustomerAttentionQueryVariables>;
export const CustomerCardDocument = new TypedDocumentString(`
    query CustomerCard($by: CustomerBy!) {
  customer(by: $by) {
    id
    externalId
    name
    email
    phone
    traits
    identities {
      kind
      value
      confirmedAt
    }
    consents {
      purpose
      granted
      recordedAt
    }
    relationship {
      createdAt
      attentionScore {
        raw30d
        ema
        index
        band
        streak
      }
      dormancy {
        state
        since
        daysSilent
      }
      purchaseTotals {
        orders
        net {
          amount
          currencyCode
        }
        firstAt
        lastAt
      }
    }
    wallet {
      balance
      held
      lifetimeEarned
      statement(first: 10) {
        nodes {
          id
          number
          amount
          balanceAfter
          kind
          reason
          postedAt
        }
      }
    }
    attention(first: 10) {
      nodes {
        id
        action
        channel
        confidence
        occurredAt
      }
    }
    messages(first: 5) {
      nodes {
        id
        deliveredAt
        message {
          id
          externalId
          channel
          subject
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerCardQuery, CustomerCardQueryVariables>;
export const CustomerContactDocument = new TypedDocumentString(`
    query CustomerContact($by: CustomerBy!, $channel: Channel!) {
  customer(by: $by) {
    id
    relationship {
      channels {
        channel
        preference
        preferredHour
        hasAddress
        bouncedAt
        deliverable
      }
      quietHours {
        from
        until
      }
      hotline {
        state
        lastHeard
        channels
        asOf
        modelVersion
      }
      canContact(channel: $channel) {
        allowed
        reasons {
          code
          purpose
          until
        }
        allowedAt
        preferredAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerContactQuery, CustomerContactQueryVariables>;
export const CustomerErasedDocument = new TypedDocumentString(`
    subscription CustomerErased {
  customerErased {
    customerId
    at
    brand {
      id
      slug
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerErasedSubscription, CustomerErasedSubscriptionVariables>;
export const CustomerMergedDocument = new TypedDocumentString(`
    subscription CustomerMerged($customer: CustomerBy) {
  customerMerged(customer: $customer) {
    undone
    fromId
    intoId
    at
    merge {
      id
      reason
    }
    customer {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerMergedSubscription, CustomerMergedSubscriptionVariables>;
export const CustomerMessagesDocument = new TypedDocumentString(`
    query CustomerMessages($by: CustomerBy!, $first: Int, $after: String, $channel: Channel) {
  customer(by: $by) {
    id
    messages(first: $first, after: $after, channel: $channel) {
      nodes {
        id
        deliveredAt
        message {
          id
          externalId
          channel
          subject
          openMu
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerMessagesQuery, CustomerMessagesQueryVariables>;
export const CustomerNextScoreDocument = new TypedDocumentString(`
    query CustomerNextScore($by: CustomerBy!, $model: SegmentationModel! = VALUE_2021) {
  customer(by: $by) {
    id
    relationship {
      nextScore(model: $model) {
        model
        score
        reasons {
          kind
          name
          value
          lift
          weight
        }
        asOf
        modelVersion
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerNextScoreQuery, CustomerNextScoreQueryVariables>;
export const CustomerOrdersDocument = new TypedDocumentString(`
    query CustomerOrders($by: CustomerBy!, $first: Int, $after: String) {
  customer(by: $by) {
    id
    relationship {
      purchaseTotals {
        orders
        otherCurrencyOrders
        gross {
          amount
          currencyCode
        }
        refunded {
          amount
        }
        net {
          amount
        }
        average {
          amount
        }
        firstAt
        lastAt
        asOf
        modelVersion
      }
    }
    purchases(first: $first, after: $after) {
      nodes {
        id
        externalId
        purchasedAt
        total {
          amount
          currencyCode
        }
        refunds {
          amount {
            amount
          }
          reason
          refundedAt
        }
        net {
          amount
        }
        surface
        driver
        campaign
        bucket
        cost {
          amount
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerOrdersQuery, CustomerOrdersQueryVariables>;
export const CustomerPredictedWorthDocument = new TypedDocumentString(`
    query CustomerPredictedWorth($by: CustomerBy!, $weeks: Int = 52) {
  customer(by: $by) {
    id
    relationship {
      predictedWorth(weeks: $weeks) {
        pAlive
        orders
        orderValue {
          amount
          currencyCode
        }
        revenue {
          amount
          currencyCode
        }
        value {
          amount
          currencyCode
        }
        asOf
        window {
          from
          until
        }
        modelVersion
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerPredictedWorthQuery, CustomerPredictedWorthQueryVariables>;
export const CustomerPreferencesDocument = new TypedDocumentString(`
    query CustomerPreferences($by: CustomerBy!, $first: Int, $after: String) {
  customer(by: $by) {
    id
    preferences(first: $first, after: $after) {
      nodes {
        id
        choices
        text
        mu
        answeredAt
        withdrawnAt
        magnet {
          id
          title
          ... on PreferenceMagnet {
            question
            options
          }
        }
        consent {
          purpose
          text
          version
          givenAt
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerPreferencesQuery, CustomerPreferencesQueryVariables>;
export const CustomerProfitDocument = new TypedDocumentString(`
    query CustomerProfit($by: CustomerBy!) {
  customer(by: $by) {
    id
    relationship {
      customerProfit {
        revenue {
          amount
          currencyCode
        }
        margin {
          amount
        }
        acquisition {
          amount
        }
        service {
          amount
        }
        mu {
          amount
        }
        messages {
          amount
        }
        profit {
          amount
        }
        otherCurrencyOrders
        asOf
        modelVersion
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerProfitQuery, CustomerProfitQueryVariables>;
export const CustomerPurchasesDocument = new TypedDocumentString(`
    query CustomerPurchases($by: CustomerBy!, $first: Int, $after: String) {
  customer(by: $by) {
    id
    purchases(first: $first, after: $after) {
      nodes {
        id
        externalId
        purchasedAt
        items
        total {
          amount
          currencyCode
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerPurchasesQuery, CustomerPurchasesQueryVariables>;
export const CustomerRedemptionsDocument = new TypedDocumentString(`
    query CustomerRedemptions($by: CustomerBy!, $first: Int, $after: String) {
  customer(by: $by) {
    id
    redemptions(first: $first, after: $after) {
      nodes {
        id
        amount
        description
        state
        createdAt
        expiresAt
        resolvedAt
        item {
          id
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerRedemptionsQuery, CustomerRedemptionsQueryVariables>;
export const CustomerStreaksDocument = new TypedDocumentString(`
    query CustomerStreaks($by: CustomerBy!) {
  customer(by: $by) {
    id
    streaks {
      unit
      current
      best
      state
      lastDay
      lastMessage {
        id
        subject
      }
      nextMu
      rule {
        name
        version
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerStreaksQuery, CustomerStreaksQueryVariables>;
export const CustomerVelvetDocument = new TypedDocumentString(`
    query CustomerVelvet($by: CustomerBy!) {
  customer(by: $by) {
    velvet {
      id
      status
      since
      perks(first: 20) {
        nodes {
          id
          kind
          name
          grantedAt
          redeemedAt
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerVelvetQuery, CustomerVelvetQueryVariables>;
export const CustomerViewDocument = new TypedDocumentString(`
    query CustomerView($by: CustomerBy!, $first: Int = 20, $after: String) {
  customer(by: $by) {
    id
    externalId
    email
    phone
    name
    traits
    identities {
      kind
      value
      confirmedAt
    }
    consents {
      purpose
      granted
      recordedAt
    }
    relationship {
      externalId
      createdAt
    }
    wallet {
      balance
      held
      lifetimeEarned
      lifetimeRedeemed
      state
      statement(first: 10) {
        nodes {
          number
          amount
          balanceAfter
          kind
          reason
          postedAt
        }
      }
    }
    messages(first: 10) {
      nodes {
        deliveredAt
        message {
          id
          channel
          subject
          openMu
          actionMuMax
        }
      }
    }
    attention(first: 10) {
      nodes {
        id
        action
        channel
        confidence
        occurredAt
      }
    }
    timeline(first: $first, after: $after) {
      nodes {
        __typename
        ... on MessageDelivery {
          deliveredAt
          delivered: message {
            id
            subject
          }
        }
        ... on AttentionEvent {
          id
          action
          occurredAt
        }
        ... on LedgerEntry {
          id
          amount
          kind
          reason
          postedAt
        }
        ... on Redemption {
          id
          amount
          state
          description
          createdAt
        }
        ... on Purchase {
          id
          purchasedAt
          total {
            amount
            currencyCode
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerViewQuery, CustomerViewQueryVariables>;
export const CustomerWorthDocument = new TypedDocumentString(`
    query CustomerWorth($by: CustomerBy!) {
  customer(by: $by) {
    id
    relationship {
      clv {
        value {
          amount
          currencyCode
        }
        pAlive
        expectedOrders
        source
        asOf
        window {
          from
          until
        }
        modelVersion
      }
      scores {
        kind
        value
        scorer
        scorerVersion
        scoredAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerWorthQuery, CustomerWorthQueryVariables>;
export const CustomersViewDocument = new TypedDocumentString(`
    query CustomersView($first: Int = 50, $after: String) {
  customers(first: $first, after: $after) {
    nodes {
      id
      externalId
      email
      phone
      name
      identities {
        kind
        value
      }
      consents {
        purpose
        granted
      }
      relationship {
        createdAt
      }
      wallet {
        balance
        held
        state
        statement(first: 3) {
          nodes {
            amount
            reason
          }
        }
      }
      messages(first: 3) {
        nodes {
          deliveredAt
          message {
            subject
          }
        }
      }
      attention(first: 3) {
        nodes {
          action
          occurredAt
        }
      }
      timeline(first: 5) {
        nodes {
          __typename
          ... on MessageDelivery {
            deliveredAt
          }
          ... on AttentionEvent {
            occurredAt
          }
          ... on LedgerEntry {
            postedAt
          }
          ... on Redemption {
            createdAt
          }
          ... on Purchase {
            purchasedAt
          }
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<CustomersViewQuery, CustomersViewQueryVariables>;
export const CustomersDocument = new TypedDocumentString(`
    query Customers($first: Int, $after: String, $filter: CustomerFilter) {
  customers(first: $first, after: $after, filter: $filter) {
    nodes {
      id
      externalId
      email
      phone
      name
      createdAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<CustomersQuery, CustomersQueryVariables>;
export const DeclineAdjustmentDocument = new TypedDocumentString(`
    mutation DeclineAdjustment($input: DeclineAdjustmentInput!) {
  declineAdjustment(input: $input) {
    adjustment {
      id
      direction
      amount
      reason
      state
      requestedAt
      expiresAt
      decidedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeclineAdjustmentMutation, DeclineAdjustmentMutationVariables>;
export const DeleteReportScheduleDocument = new TypedDocumentString(`
    mutation DeleteReportSchedule($input: DeleteReportScheduleInput!) {
  deleteReportSchedule(input: $input) {
    reportSchedule {
      id
      deletedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteReportScheduleMutation, DeleteReportScheduleMutationVariables>;
export const DeleteSegmentDocument = new TypedDocumentString(`
    mutation DeleteSegment($input: DeleteSegmentInput!) {
  deleteSegment(input: $input) {
    segment {
      id
      name
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteSegmentMutation, DeleteSegmentMutationVariables>;
export const DeleteWebhookEndpointDocument = new TypedDocumentString(`
    mutation DeleteWebhookEndpoint($input: DeleteWebhookEndpointInput!) {
  deleteWebhookEndpoint(input: $input) {
    webhookEndpoint {
      id
      url
      topics
      description
      state
      secretRotatedAt
      failingSince
      createdAt
      updatedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteWebhookEndpointMutation, DeleteWebhookEndpointMutationVariables>;
export const DormancyChangedDocument = new TypedDocumentString(`
    subscription DormancyChanged($customer: CustomerBy) {
  dormancyChanged(customer: $customer) {
    from
    to
    reactivated
    wokenFrom
    at
    customer {
      id
      externalId
    }
  }
}
    `) as unknown as TypedDocumentString<DormancyChangedSubscription, DormancyChangedSubscriptionVariables>;
export const DormancyPolicyDocument = new TypedDocumentString(`
    query DormancyPolicy {
  brand {
    id
    dormancyPolicy {
      activeDays
      driftingDays
      inactiveDays
      dormantDays
      minMessages
    }
  }
}
    `) as unknown as TypedDocumentString<DormancyPolicyQuery, DormancyPolicyQueryVariables>;
export const EarnRuleDocument = new TypedDocumentString(`
    query EarnRule($id: ID!) {
  earnRule(id: $id) {
    id
    name
    version
    action
    customAction
    amount
    channels
    messageKinds
    stage
    audience {
      segment
      traitEquals {
        name
        value
      }
      traitIn {
        name
        values
      }
      traitExists
    }
    multipliers {
      audience {
        segment
        traitEquals {
          name
          value
        }
        traitIn {
          name
          values
        }
        traitExists
      }
      percent
    }
    perCustomerPerDay
    maxMuPerCustomerPerDay
    maxMuPerCustomer
    maxMuPerCampaign
    maxMuInTotal
    minConfidence
    priority
    stacking
    enabled
    startsAt
    endsAt
    createdAt
  }
}
    `) as unknown as TypedDocumentString<EarnRuleQuery, EarnRuleQueryVariables>;
export const EarnRulesDocument = new TypedDocumentString(`
    query EarnRules {
  earnRules {
    id
    name
    version
    action
    amount
    channels
    perCustomerPerDay
    minConfidence
    streak {
      unit
      cap
    }
    priority
    stacking
    enabled
    startsAt
    endsAt
  }
}
    `) as unknown as TypedDocumentString<EarnRulesQuery, EarnRulesQueryVariables>;
export const EarnedGrowthDocument = new TypedDocumentString(`
    query EarnedGrowth($year: Int) {
  brand {
    earnedGrowth(year: $year) {
      year
      complete
      netRevenueRetention
      earnedNewCustomers
      earnedGrowth
      revenue {
        amount
        currencyCode
      }
      revenueBefore {
        amount
      }
      keptRevenue {
        amount
      }
      earnedRevenue {
        amount
      }
      boughtRevenue {
        amount
      }
      customers
      keptCustomers
      newCustomers
      earnedCustomers
      asOf
      window {
        from
        until
      }
      modelVersion
      previous {
        year
        earnedGrowth
      }
    }
  }
}
    `) as unknown as TypedDocumentString<EarnedGrowthQuery, EarnedGrowthQueryVariables>;
export const EmSeriesDocument = new TypedDocumentString(`
    query EmSeries($id: ID!, $customer: CustomerBy!) {
  emSeries(id: $id) {
    id
    name
    dailySlot
    state
    items(first: 20) {
      nodes {
        id
        position
        subject
        link
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    nextFor(customer: $customer) {
      position
      slotAt
      item {
        id
        subject
        link
      }
    }
  }
}
    `) as unknown as TypedDocumentString<EmSeriesQuery, EmSeriesQueryVariables>;
export const EndExperimentDocument = new TypedDocumentString(`
    mutation EndExperiment($input: EndExperimentInput!) {
  endExperiment(input: $input) {
    experiment {
      id
      externalId
      outcome
      holdoutShare
      reserveMu
      releasedMu
      startsAt
      endsAt
      createdAt
      assignedAt
      endedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<EndExperimentMutation, EndExperimentMutationVariables>;
export const EnterJourneyDocument = new TypedDocumentString(`
    mutation EnterJourney($input: EnterJourneyInput!) {
  enterJourney(input: $input) {
    entered
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<EnterJourneyMutation, EnterJourneyMutationVariables>;
export const EraseCustomerDocument = new TypedDocumentString(`
    mutation EraseCustomer($input: EraseCustomerInput!) {
  eraseCustomer(input: $input) {
    erasure {
      customerId
      everywhere
      extinguished
      erasedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<EraseCustomerMutation, EraseCustomerMutationVariables>;
export const ExecutiveSummaryDocument = new TypedDocumentString(`
    query ExecutiveSummary($period: PeriodInput) {
  brand {
    executiveSummary(period: $period) {
      asOf
      window {
        from
        until
      }
      modelVersion
      adWaste {
        share
        wasted {
          amount
          currencyCode
        }
        reportedCac {
          amount
        }
        trueCac {
          amount
        }
      }
      marketingSpendRatio {
        ratio
      }
      budgetSplit {
        existingShare
        existingBudgetShare
      }
      earnedGrowth {
        year
        earnedGrowth
      }
      orderBuckets {
        orders
        net {
          amount
        }
        reacquisitionTaxBase {
          amount
        }
      }
      attentionVsAuction {
        costPerVerifiedAttention {
          amount
        }
        costPerReacquisition {
          amount
        }
      }
      muEconomy {
        issued
        burned
        outstanding
        burnRate
      }
      profitConcentration {
        tenths {
          rank
          customers
          profit {
            amount
          }
          share
        }
        bestFifthShare
        profit {
          amount
        }
        customers
        asOf
      }
      previous {
        adWaste {
          share
        }
        marketingSpendRatio {
          ratio
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ExecutiveSummaryQuery, ExecutiveSummaryQueryVariables>;
export const ExportBrandDataDocument = new TypedDocumentString(`
    mutation ExportBrandData($input: ExportBrandDataInput!) {
  exportBrandData(input: $input) {
    exportJob {
      id
      status
      parts
      createdAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ExportBrandDataMutation, ExportBrandDataMutationVariables>;
export const ExportCustomerDocument = new TypedDocumentString(`
    query ExportCustomer($customer: CustomerBy, $first: Int, $after: String) {
  exportCustomer(customer: $customer, first: $first, after: $after) {
    nodes {
      table
      row
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ExportCustomerQuery, ExportCustomerQueryVariables>;
export const ExportJobDocument = new TypedDocumentString(`
    query ExportJob($id: ID!) {
  exportJob(id: $id) {
    id
    status
    asOf
    finishedAt
    expiresAt
    rows
    bytes
    files {
      part
      name
      rows
      bytes
      sha256
      url
    }
  }
}
    `) as unknown as TypedDocumentString<ExportJobQuery, ExportJobQueryVariables>;
export const FundReferralProgramDocument = new TypedDocumentString(`
    mutation FundReferralProgram($input: FundReferralProgramInput!) {
  fundReferralProgram(input: $input) {
    referralProgram {
      id
      referrerMu
      friendMu
      sharePercent
      shareDays
      shareCapMu
      linkBase
      open
      reserved
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<FundReferralProgramMutation, FundReferralProgramMutationVariables>;
export const FundingSourceDocument = new TypedDocumentString(`
    query FundingSource($period: PeriodInput) {
  brand {
    fundingSource(period: $period) {
      issued
      decided {
        purpose
        amount {
          amount
          currencyCode
        }
        share
        mu
        decisions
      }
      amount {
        amount
      }
      mu
      asOf
      window {
        from
        until
      }
      modelVersion
      previous {
        issued
        mu
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FundingSourceQuery, FundingSourceQueryVariables>;
export const GiftMuDocument = new TypedDocumentString(`
    mutation GiftMu($input: GiftMuInput!) {
  giftMu(input: $input) {
    transfer {
      id
      kind
      amount
      reason
      postedAt
    }
    wallet {
      balance
      held
      lifetimeEarned
      lifetimeRedeemed
      state
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<GiftMuMutation, GiftMuMutationVariables>;
export const GrantConsentDocument = new TypedDocumentString(`
    mutation GrantConsent($input: GrantConsentInput!) {
  grantConsent(input: $input) {
    consent {
      purpose
      granted
      recordedAt
      brand {
        id
        slug
      }
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<GrantConsentMutation, GrantConsentMutationVariables>;
export const GrantPerkDocument = new TypedDocumentString(`
    mutation GrantPerk($input: GrantPerkInput!) {
  grantPerk(input: $input) {
    velvetPerk {
      id
      kind
      name
      grantedAt
      redeemedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<GrantPerkMutation, GrantPerkMutationVariables>;
export const HotlineLostDocument = new TypedDocumentString(`
    subscription HotlineLost($customer: CustomerBy) {
  hotlineLost(customer: $customer) {
    cause
    lastHeard
    at
    customer {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<HotlineLostSubscription, HotlineLostSubscriptionVariables>;
export const IdentifyCustomerDocument = new TypedDocumentString(`
    mutation IdentifyCustomer($input: IdentifyCustomerInput!) {
  identifyCustomer(input: $input) {
    customer {
      id
      externalId
      email
      phone
      name
      traits
      createdAt
      identities {
        kind
        value
        confirmedAt
      }
      consents {
        purpose
        granted
        recordedAt
      }
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<IdentifyCustomerMutation, IdentifyCustomerMutationVariables>;
export const IdentityHistoryDocument = new TypedDocumentString(`
    query IdentityHistory($by: CustomerBy!, $first: Int, $after: String) {
  customer(by: $by) {
    id
    identities {
      kind
      value
      level
    }
    relationship {
      identityHistory(first: $first, after: $after) {
        nodes {
          kind
          value
          change
          level
          source
          happenedAt
          merge {
            id
            reason
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<IdentityHistoryQuery, IdentityHistoryQueryVariables>;
export const ImportEventsDocument = new TypedDocumentString(`
    mutation ImportEvents($input: ImportEventsInput!) {
  importEvents(input: $input) {
    importJob {
      id
      status
      backfill
      received
      recorded
      duplicates
      refused
      ignored
    }
    firstIndex
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ImportEventsMutation, ImportEventsMutationVariables>;
export const ImportJobDocument = new TypedDocumentString(`
    query ImportJob($id: ID!, $first: Int, $after: String) {
  importJob(id: $id) {
    id
    status
    backfill
    mapping
    received
    recorded
    duplicates
    refused
    ignored
    createdAt
    finishedAt
    refusals(first: $first, after: $after) {
      nodes {
        index
        code
        field
        message
        event
        refusedAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ImportJobQuery, ImportJobQueryVariables>;
export const IncrementalRevenueDocument = new TypedDocumentString(`
    query IncrementalRevenue($experimentId: ID!) {
  incrementalRevenue(experimentId: $experimentId) {
    asOf
    window {
      from
      until
    }
    modelVersion
    treated {
      amount
      currencyCode
    }
    heldOut {
      amount
      currencyCode
    }
    incremental {
      amount
      currencyCode
    }
  }
}
    `) as unknown as TypedDocumentString<IncrementalRevenueQuery, IncrementalRevenueQueryVariables>;
export const IngestScoresDocument = new TypedDocumentString(`
    mutation IngestScores($input: IngestScoresInput!) {
  ingestScores(input: $input) {
    recorded
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<IngestScoresMutation, IngestScoresMutationVariables>;
export const InviteToVelvetDocument = new TypedDocumentString(`
    mutation InviteToVelvet($input: InviteToVelvetInput!) {
  inviteToVelvet(input: $input) {
    velvetMember {
      id
      status
      invitedAt
      since
      revokedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<InviteToVelvetMutation, InviteToVelvetMutationVariables>;
export const IssueMuDocument = new TypedDocumentString(`
    mutation IssueMu($input: IssueMuInput!) {
  issueMu(input: $input) {
    transfer {
      id
      kind
      amount
      reason
      postedAt
    }
    brand {
      id
      slug
      budget
      reserved
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<IssueMuMutation, IssueMuMutationVariables>;
export const JourneyRunDocument = new TypedDocumentString(`
    query JourneyRun($id: ID!) {
  journeyRun(id: $id) {
    id
    version
    state
    endedBy
    dueAt
    enteredAt
    endedAt
    journey {
      id
      name
    }
    customer {
      id
    }
    steps(first: 20) {
      nodes {
        number
        key
        kind
        outcome
        doneAt
        message {
          id
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<JourneyRunQuery, JourneyRunQueryVariables>;
export const JourneyStepReachedDocument = new TypedDocumentString(`
    subscription JourneyStepReached {
  journeyStepReached {
    journeyId
    version
    step
    messageId
    recipients
    at
  }
}
    `) as unknown as TypedDocumentString<JourneyStepReachedSubscription, JourneyStepReachedSubscriptionVariables>;
export const LearnAboutMuDocument = new TypedDocumentString(`
    mutation LearnAboutMu($input: LearnAboutMuInput!) {
  learnAboutMu(input: $input) {
    wallet {
      balance
      held
      lifetimeEarned
      lifetimeRedeemed
      state
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<LearnAboutMuMutation, LearnAboutMuMutationVariables>;
export const LedgerTransferDocument = new TypedDocumentString(`
    query LedgerTransfer($id: ID!) {
  ledgerTransfer(id: $id) {
    id
    kind
    amount
    reason
    postedAt
    entries {
      id
      number
      amount
      balanceAfter
    }
    event {
      id
      action
      confidence
      occurredAt
    }
    message {
      id
      externalId
      subject
    }
    rule {
      id
      name
      version
    }
    funding {
      id
      kind
      amount
      reason
    }
    reverses {
      id
    }
    reversedBy {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<LedgerTransferQuery, LedgerTransferQueryVariables>;
export const LinkIdentityDocument = new TypedDocumentString(`
    mutation LinkIdentity($input: LinkIdentityInput!) {
  linkIdentity(input: $input) {
    confirmation {
      id
      kind
      value
      expiresAt
      createdAt
      confirmedAt
    }
    code
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<LinkIdentityMutation, LinkIdentityMutationVariables>;
export const MagnetDocument = new TypedDocumentString(`
    query Magnet($id: ID!) {
  magnet(id: $id) {
    id
    title
    state
    startsAt
    endsAt
    ... on QuizMagnet {
      muPerRight
      questions {
        text
        options
        right
      }
    }
    ... on PollMagnet {
      question
      options
      mu
      results {
        option
        text
        responses
      }
    }
    ... on PredictionMagnet {
      question
      options
      muForAnswering
      muForRight
      allowsStake
      winningOption
      settledAt
      remainderMu
      results {
        option
        text
        responses
        stakeMu
      }
    }
    ... on FeedbackMagnet {
      question
      highestScore
      mu
      scores {
        score
        responses
      }
    }
    ... on PreferenceMagnet {
      question
      options
      mu
      purpose
      consentText
      consentVersion
      reaskAfterDays
    }
    responses(first: 1) {
      nodes {
        id
        choices
        right
        mu
        outcome
        payoutMu
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MagnetQuery, MagnetQueryVariables>;
export const MagnetsDocument = new TypedDocumentString(`
    query Magnets($first: Int, $after: String) {
  magnets(first: $first, after: $after) {
    nodes {
      id
      externalId
      title
      state
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<MagnetsQuery, MagnetsQueryVariables>;
export const MarkMicronReadDocument = new TypedDocumentString(`
    mutation MarkMicronRead($input: MarkMicronReadInput!) {
  markMicronRead(input: $input) {
    micron {
      id
      folder
      readAt
      savedAt
      leavesAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<MarkMicronReadMutation, MarkMicronReadMutationVariables>;
export const MeDocument = new TypedDocumentString(`
    query Me {
  me {
    id
    name
    email
    phone
    identities {
      kind
      value
      confirmedAt
    }
    relationships {
      brand {
        id
        slug
        name
      }
      createdAt
    }
    consents {
      brand {
        id
        name
      }
      purpose
      granted
      recordedAt
    }
  }
}
    `) as unknown as TypedDocumentString<MeQuery, MeQueryVariables>;
export const MergeCustomersDocument = new TypedDocumentString(`
    mutation MergeCustomers($input: MergeCustomersInput!) {
  mergeCustomers(input: $input) {
    merge {
      id
      reason
      createdAt
    }
    customer {
      id
      externalId
      wallet {
        balance
        held
        state
      }
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<MergeCustomersMutation, MergeCustomersMutationVariables>;
export const MessageRewardViewDocument = new TypedDocumentString(`
    query MessageRewardView($customer: CustomerBy!, $messageId: ID!, $to: String!, $action: FormAction! = FORM) {
  messageRewardView(customer: $customer, messageId: $messageId) {
    customerId
    messageId
    subjectText
    triad {
      balance
      openMu
      actionMu
      third
    }
    balanceShown
    warState
    callToAction {
      kind
      label
      text
    }
    footerUrl
    pixelUrl
    clickUrl(to: $to)
    ampUrl(action: $action)
  }
}
    `) as unknown as TypedDocumentString<MessageRewardViewQuery, MessageRewardViewQueryVariables>;
export const MessageRewardViewsDocument = new TypedDocumentString(`
    query MessageRewardViews($customers: [CustomerBy!]!, $messageId: ID!) {
  messageRewardViews(customers: $customers, messageId: $messageId) {
    customerId
    subjectText
    balanceShown
    warState
    footerUrl
    pixelUrl
    ampUrl
  }
}
    `) as unknown as TypedDocumentString<MessageRewardViewsQuery, MessageRewardViewsQueryVariables>;
export const MessageDocument = new TypedDocumentString(`
    query Message($id: ID!) {
  message(id: $id) {
    id
    externalId
    channel
    kind
    subject
    campaign
    openMu
    actionMuMax
    audience
    expiresAt
    createdAt
    brand {
      slug
    }
  }
}
    `) as unknown as TypedDocumentString<MessageQuery, MessageQueryVariables>;
export const MicronArrivedDocument = new TypedDocumentString(`
    subscription MicronArrived {
  micronArrived {
    at
    brand {
      id
      name
    }
    micron {
      id
      subject
      offer {
        openMu
        actionMu
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MicronArrivedSubscription, MicronArrivedSubscriptionVariables>;
export const MuEconomyDocument = new TypedDocumentString(`
    query MuEconomy($period: PeriodInput) {
  brand {
    muEconomy(period: $period) {
      purchased
      issued
      burned
      extinguished
      decayed
      outstanding
      burnRate
      wallets
      activated
      activationRate
      verified
      muCost {
        amount
        currencyCode
      }
      messageCost {
        amount
      }
      costPerVerifiedAttention {
        amount
      }
      sink
      sinkCoverage
      ledgerSum
      ledgerProvenAt
      asOf
      window {
        from
        until
      }
      modelVersion
      previous {
        issued
        burned
      }
    }
    attentionVsAuction(period: $period) {
      verified
      attentionCost {
        amount
      }
      costPerVerifiedAttention {
        amount
      }
      reacquisitions
      reacquisitionCost {
        amount
      }
      costPerReacquisition {
        amount
      }
      attentionPerReacquisition
      modelVersion
      previous {
        verified
      }
    }
    unitCosts {
      muPrice
      messageCosts {
        channel
        cost
      }
      serviceCostPerOrder {
        amount
      }
      survivalDays
    }
  }
}
    `) as unknown as TypedDocumentString<MuEconomyQuery, MuEconomyQueryVariables>;
export const MuGrantedDocument = new TypedDocumentString(`
    subscription MuGranted {
  muGranted {
    amount
    reason
    at
    wallet {
      balance
      state
    }
    brand {
      name
    }
    customer {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<MuGrantedSubscription, MuGrantedSubscriptionVariables>;
export const MuteBrandDocument = new TypedDocumentString(`
    mutation MuteBrand($input: MuteBrandInput!) {
  muteBrand(input: $input) {
    relationship {
      brand {
        id
        name
      }
      micronboxPermission
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<MuteBrandMutation, MuteBrandMutationVariables>;
export const MyMicronboxDocument = new TypedDocumentString(`
    query MyMicronbox($folder: MicronboxFolder! = INBOX, $first: Int, $after: String, $microns: Int) {
  me {
    id
    micronbox(folder: $folder, first: $first, after: $after) {
      nodes {
        brand {
          id
          name
        }
        unread
        rank {
          position
          index
          reason
          asOf
          modelVersion
        }
        newest {
          id
          kind
          channel
          subject
          deliveredAt
          readAt
          savedAt
          leavesAt
          offer {
            openMu
            actionMu
            closesAt
            openEarned
            earned
          }
        }
        microns(first: $microns) {
          nodes {
            id
            subject
            deliveredAt
            readAt
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MyMicronboxQuery, MyMicronboxQueryVariables>;
export const MyWalletDocument = new TypedDocumentString(`
    query MyWallet {
  me {
    id
    wallet {
      balance
      held
      state
      byBrand {
        balance
        held
        brand {
          slug
          name
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MyWalletQuery, MyWalletQueryVariables>;
export const NextCandidatesDocument = new TypedDocumentString(`
    query NextCandidates($model: SegmentationModel! = VALUE_2021, $first: Int, $after: String) {
  brand {
    nextCandidates(model: $model, first: $first, after: $after) {
      nodes {
        customer {
          id
          externalId
        }
        score {
          score
          reasons {
            kind
            name
            value
            lift
            weight
          }
          asOf
          modelVersion
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<NextCandidatesQuery, NextCandidatesQueryVariables>;
export const NodeDocument = new TypedDocumentString(`
    query Node($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on Customer {
      name
    }
    ... on Message {
      subject
    }
    ... on Redemption {
      state
      amount
    }
  }
}
    `) as unknown as TypedDocumentString<NodeQuery, NodeQueryVariables>;
export const NudgeLiftDocument = new TypedDocumentString(`
    query NudgeLift($experiment: ID!) {
  nudgeLift(experiment: $experiment) {
    asOf
    window {
      from
      until
    }
    modelVersion
    arms {
      arm
      size
      outcomes
      rate
      messages
    }
    uplift {
      difference
      low
      high
    }
    incremental
    muSpent
    muCost {
      amount
      currencyCode
    }
    messageCost {
      amount
      currencyCode
    }
    cost {
      amount
      currencyCode
    }
    costPerIncremental {
      amount
      currencyCode
    }
  }
}
    `) as unknown as TypedDocumentString<NudgeLiftQuery, NudgeLiftQueryVariables>;
export const OpenClaimDocument = new TypedDocumentString(`
    mutation OpenClaim($input: OpenClaimInput!) {
  openClaim(input: $input) {
    claim {
      id
      state
      mu
      walletState
      expiresAt
      qrCode {
        code
        name
        mu
      }
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<OpenClaimMutation, OpenClaimMutationVariables>;
export const OptInToMuDocument = new TypedDocumentString(`
    mutation OptInToMu($input: OptInToMuInput!) {
  optInToMu(input: $input) {
    wallet {
      balance
      held
      lifetimeEarned
      lifetimeRedeemed
      state
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<OptInToMuMutation, OptInToMuMutationVariables>;
export const OptOutOfMuDocument = new TypedDocumentString(`
    mutation OptOutOfMu($input: OptOutOfMuInput!) {
  optOutOfMu(input: $input) {
    wallet {
      balance
      held
      lifetimeEarned
      lifetimeRedeemed
      state
    }
    extinguished
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<OptOutOfMuMutation, OptOutOfMuMutationVariables>;
export const OrderBucketsDocument = new TypedDocumentString(`
    query OrderBuckets($period: PeriodInput) {
  brand {
    orderBuckets(period: $period) {
      buckets {
        kind
        orders
        gross {
          amount
        }
        refunded {
          amount
        }
        net {
          amount
        }
        share
      }
      orders
      net {
        amount
        currencyCode
      }
      reacquisitionTaxBase {
        amount
      }
      otherCurrency
      asOf
      modelVersion
      previous {
        orders
        net {
          amount
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<OrderBucketsQuery, OrderBucketsQueryVariables>;
export const PublishJourneyDocument = new TypedDocumentString(`
    mutation PublishJourney($input: PublishJourneyInput!) {
  publishJourney(input: $input) {
    journey {
      id
      externalId
      name
      version
      createdAt
      stoppedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<PublishJourneyMutation, PublishJourneyMutationVariables>;
export const QrCodeDocument = new TypedDocumentString(`
    query QrCode($id: ID!) {
  qrCode(id: $id) {
    id
    code
    name
    mu
    url
    landingUrl
    createdAt
    message {
      id
      externalId
    }
    magnet {
      id
      title
    }
    brand {
      id
      slug
    }
  }
}
    `) as unknown as TypedDocumentString<QrCodeQuery, QrCodeQueryVariables>;
export const ReacquisitionDetectedDocument = new TypedDocumentString(`
    subscription ReacquisitionDetected($customer: CustomerBy) {
  reacquisitionDetected(customer: $customer) {
    prior
    cost {
      amount
      currencyCode
    }
    at
    customer {
      id
    }
    acquisition {
      id
      route
    }
  }
}
    `) as unknown as TypedDocumentString<ReacquisitionDetectedSubscription, ReacquisitionDetectedSubscriptionVariables>;
export const ReallocateToMuDocument = new TypedDocumentString(`
    mutation ReallocateToMu($input: ReallocateToMuInput!) {
  reallocateToMu(input: $input) {
    budgetShift {
      from
      amount {
        amount
        currencyCode
      }
      mu
      day
      reason
      recordedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReallocateToMuMutation, ReallocateToMuMutationVariables>;
export const RecomputeSegmentationDocument = new TypedDocumentString(`
    mutation RecomputeSegmentation($input: RecomputeSegmentationInput!) {
  recomputeSegmentation(input: $input) {
    asOf
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RecomputeSegmentationMutation, RecomputeSegmentationMutationVariables>;
export const RecordAcquisitionBatchDocument = new TypedDocumentString(`
    mutation RecordAcquisitionBatch($input: RecordAcquisitionBatchInput!) {
  recordAcquisitionBatch(input: $input) {
    results {
      acquisition {
        id
        verdict
        prior
      }
      replayed
      userErrors {
        code
        field
        message
      }
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RecordAcquisitionBatchMutation, RecordAcquisitionBatchMutationVariables>;
export const RecordAcquisitionDocument = new TypedDocumentString(`
    mutation RecordAcquisition($input: RecordAcquisitionInput!) {
  recordAcquisition(input: $input) {
    acquisition {
      id
      route
      campaign
      cost {
        amount
        currencyCode
      }
      acquiredAt
      verdict
      prior
      customer {
        id
        externalId
      }
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RecordAcquisitionMutation, RecordAcquisitionMutationVariables>;
export const RecordAttentionBatchDocument = new TypedDocumentString(`
    mutation RecordAttentionBatch($input: RecordAttentionBatchInput!) {
  recordAttentionBatch(input: $input) {
    results {
      event {
        id
        confidence
        duplicate
      }
      grants {
        amount
        reason
      }
      wallet {
        balance
      }
      replayed
      userErrors {
        code
        field
        message
      }
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RecordAttentionBatchMutation, RecordAttentionBatchMutationVariables>;
export const RecordAttentionDocument = new TypedDocumentString(`
    mutation RecordAttention($input: RecordAttentionInput!) {
  recordAttention(input: $input) {
    event {
      id
      action
      channel
      confidence
      duplicate
      occurredAt
    }
    grants {
      amount
      reason
      rule {
        name
        version
      }
      entry {
        id
        amount
        balanceAfter
      }
    }
    wallet {
      balance
      held
      lifetimeEarned
      lifetimeRedeemed
      state
    }
    streak {
      unit
      current
      lastDay
      nextMu
    }
    explanations {
      rule {
        name
        version
      }
      outcome
      reason
      amount
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RecordAttentionMutation, RecordAttentionMutationVariables>;
export const RecordDeliveriesDocument = new TypedDocumentString(`
    mutation RecordDeliveries($input: RecordDeliveriesInput!) {
  recordDeliveries(input: $input) {
    message {
      id
      externalId
    }
    recorded
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RecordDeliveriesMutation, RecordDeliveriesMutationVariables>;
export const RecordMessageDocument = new TypedDocumentString(`
    mutation RecordMessage($input: RecordMessageInput!) {
  recordMessage(input: $input) {
    message {
      id
      externalId
      channel
      kind
      subject
      openMu
      actionMuMax
      audience
      expiresAt
    }
    reserved
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RecordMessageMutation, RecordMessageMutationVariables>;
export const RecordOrderBatchDocument = new TypedDocumentString(`
    mutation RecordOrderBatch($input: RecordOrderBatchInput!) {
  recordOrderBatch(input: $input) {
    results {
      purchase {
        id
        externalId
        bucket
      }
      replayed
      userErrors {
        code
        field
        message
      }
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RecordOrderBatchMutation, RecordOrderBatchMutationVariables>;
export const RecordOrderDocument = new TypedDocumentString(`
    mutation RecordOrder($input: RecordOrderInput!) {
  recordOrder(input: $input) {
    purchase {
      id
      externalId
      purchasedAt
      items
      total {
        amount
        currencyCode
      }
      surface
      driver
      bucket
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RecordOrderMutation, RecordOrderMutationVariables>;
export const RecordPurchaseDocument = new TypedDocumentString(`
    mutation RecordPurchase($input: RecordPurchaseInput!) {
  recordPurchase(input: $input) {
    purchase {
      id
      externalId
      purchasedAt
      items
      total {
        amount
        currencyCode
      }
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RecordPurchaseMutation, RecordPurchaseMutationVariables>;
export const RecordSpendBatchDocument = new TypedDocumentString(`
    mutation RecordSpendBatch($input: RecordSpendBatchInput!) {
  recordSpendBatch(input: $input) {
    results {
      spend {
        id
        amount {
          amount
          currencyCode
        }
      }
      replayed
      userErrors {
        code
        field
        message
      }
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RecordSpendBatchMutation, RecordSpendBatchMutationVariables>;
export const RecordSpendDocument = new TypedDocumentString(`
    mutation RecordSpend($input: RecordSpendInput!) {
  recordSpend(input: $input) {
    spend {
      id
      externalId
      purpose
      route
      campaign
      firstDay
      lastDay
      amount {
        amount
        currencyCode
      }
      recordedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RecordSpendMutation, RecordSpendMutationVariables>;
export const RecordVelvetArrivalDocument = new TypedDocumentString(`
    mutation RecordVelvetArrival($input: RecordVelvetArrivalInput!) {
  recordVelvetArrival(input: $input) {
    velvetArrival {
      id
      storeId
      arrivedAt
      customer {
        id
        name
        velvet {
          status
          since
        }
      }
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RecordVelvetArrivalMutation, RecordVelvetArrivalMutationVariables>;
export const RedeemPerkDocument = new TypedDocumentString(`
    mutation RedeemPerk($input: RedeemPerkInput!) {
  redeemPerk(input: $input) {
    velvetPerk {
      id
      kind
      name
      grantedAt
      redeemedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RedeemPerkMutation, RedeemPerkMutationVariables>;
export const RedeemDocument = new TypedDocumentString(`
    mutation Redeem($input: RedeemInput!) {
  redeem(input: $input) {
    redemption {
      id
      amount
      description
      state
      createdAt
      expiresAt
      resolvedAt
      item {
        id
        externalId
        name
      }
    }
    transfer {
      id
      kind
      amount
      reason
      postedAt
    }
    wallet {
      balance
      held
      lifetimeEarned
      lifetimeRedeemed
      state
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RedeemMutation, RedeemMutationVariables>;
export const RedeemableDocument = new TypedDocumentString(`
    query Redeemable($by: CustomerBy!, $first: Int, $after: String) {
  customer(by: $by) {
    wallet {
      balance
      state
    }
    redeemable(first: $first, after: $after) {
      nodes {
        item {
          id
          name
          price
          minimumBalance
          stock
        }
        redeemable
        reason
        missing
        had
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RedeemableQuery, RedeemableQueryVariables>;
export const RedemptionChangedDocument = new TypedDocumentString(`
    subscription RedemptionChanged($customer: CustomerBy) {
  redemptionChanged(customer: $customer) {
    at
    redemption {
      id
      state
      amount
      description
    }
    customer {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<RedemptionChangedSubscription, RedemptionChangedSubscriptionVariables>;
export const ReferralActivatedDocument = new TypedDocumentString(`
    subscription ReferralActivated($customer: CustomerBy) {
  referralActivated(customer: $customer) {
    referrerMu
    at
    referral {
      id
      state
    }
    customer {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<ReferralActivatedSubscription, ReferralActivatedSubscriptionVariables>;
export const ReferralsDocument = new TypedDocumentString(`
    query Referrals($first: Int, $after: String) {
  referrals(first: $first, after: $after) {
    nodes {
      id
      state
      referrerMu
      friendMu
      sharePercent
      shareCapMu
      sharedMu
      claimedAt
      activatedAt
      shareEndsAt
      reversedAt
      referrer {
        id
      }
      friend {
        id
      }
      link {
        code
        channel
      }
      payments(first: 10) {
        nodes {
          purpose
          amount
          paidAt
          transfer {
            id
          }
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ReferralsQuery, ReferralsQueryVariables>;
export const RefundOrderDocument = new TypedDocumentString(`
    mutation RefundOrder($input: RefundOrderInput!) {
  refundOrder(input: $input) {
    purchase {
      id
      externalId
      refunded {
        amount
        currencyCode
      }
      net {
        amount
        currencyCode
      }
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RefundOrderMutation, RefundOrderMutationVariables>;
export const RegisterCustomActionDocument = new TypedDocumentString(`
    mutation RegisterCustomAction($input: RegisterCustomActionInput!) {
  registerCustomAction(input: $input) {
    customAction {
      id
      name
      description
      createdAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RegisterCustomActionMutation, RegisterCustomActionMutationVariables>;
export const ReplayWebhookDocument = new TypedDocumentString(`
    mutation ReplayWebhook($input: ReplayWebhookInput!) {
  replayWebhook(input: $input) {
    webhookDelivery {
      id
      topic
      customerId
      payload
      happenedAt
      state
      attempts
      nextAttemptAt
      lastAttemptAt
      lastStatus
      failure
      deliveredAt
      createdAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReplayWebhookMutation, ReplayWebhookMutationVariables>;
export const ReplayWebhooksDocument = new TypedDocumentString(`
    mutation ReplayWebhooks($input: ReplayWebhooksInput!) {
  replayWebhooks(input: $input) {
    webhookEndpoint {
      id
      url
      topics
      description
      state
      secretRotatedAt
      failingSince
      createdAt
      updatedAt
    }
    queued
    hasMore
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReplayWebhooksMutation, ReplayWebhooksMutationVariables>;
export const RequestAdjustmentDocument = new TypedDocumentString(`
    mutation RequestAdjustment($input: RequestAdjustmentInput!) {
  requestAdjustment(input: $input) {
    adjustment {
      id
      direction
      amount
      reason
      state
      requestedAt
      expiresAt
      decidedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RequestAdjustmentMutation, RequestAdjustmentMutationVariables>;
export const ResolveMagnetDocument = new TypedDocumentString(`
    mutation ResolveMagnet($input: ResolveMagnetInput!) {
  resolveMagnet(input: $input) {
    magnet {
      id
      state
      ... on PredictionMagnet {
        winningOption
        resolvedAt
        settledAt
        remainderMu
      }
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ResolveMagnetMutation, ResolveMagnetMutationVariables>;
export const RetentionCohortsDocument = new TypedDocumentString(`
    query RetentionCohorts($basis: CohortBasis!) {
  brand {
    retentionCohorts(basis: $basis) {
      basis
      cohorts {
        firstDay
        customers
        months {
          month
          customers
          share
        }
        halfLifeMonths
        activeMonths
      }
      halfLifeMonths
      asOf
      window {
        from
        until
      }
      modelVersion
    }
  }
}
    `) as unknown as TypedDocumentString<RetentionCohortsQuery, RetentionCohortsQueryVariables>;
export const ReverseTransferDocument = new TypedDocumentString(`
    mutation ReverseTransfer($input: ReverseTransferInput!) {
  reverseTransfer(input: $input) {
    transfer {
      id
      kind
      amount
      reason
      postedAt
      reverses {
        id
        kind
      }
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReverseTransferMutation, ReverseTransferMutationVariables>;
export const RevokeApiKeyDocument = new TypedDocumentString(`
    mutation RevokeApiKey($input: RevokeApiKeyInput!) {
  revokeApiKey(input: $input) {
    apiKey {
      id
      name
      scopes
      createdAt
      revokedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RevokeApiKeyMutation, RevokeApiKeyMutationVariables>;
export const RevokeVelvetDocument = new TypedDocumentString(`
    mutation RevokeVelvet($input: RevokeVelvetInput!) {
  revokeVelvet(input: $input) {
    velvetMember {
      id
      status
      invitedAt
      since
      revokedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RevokeVelvetMutation, RevokeVelvetMutationVariables>;
export const RotateWebhookSecretDocument = new TypedDocumentString(`
    mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {
  rotateWebhookSecret(input: $input) {
    webhookEndpoint {
      id
      url
      topics
      description
      state
      secretRotatedAt
      failingSince
      createdAt
      updatedAt
    }
    secret
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RotateWebhookSecretMutation, RotateWebhookSecretMutationVariables>;
export const SaveMicronDocument = new TypedDocumentString(`
    mutation SaveMicron($input: SaveMicronInput!) {
  saveMicron(input: $input) {
    micron {
      id
      folder
      readAt
      savedAt
      leavesAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SaveMicronMutation, SaveMicronMutationVariables>;
export const ScheduleEmDocument = new TypedDocumentString(`
    mutation ScheduleEm($input: ScheduleEmInput!) {
  scheduleEm(input: $input) {
    seriesItem {
      id
      position
      subject
      link
      createdAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ScheduleEmMutation, ScheduleEmMutationVariables>;
export const ScheduleReportDocument = new TypedDocumentString(`
    mutation ScheduleReport($input: ScheduleReportInput!) {
  scheduleReport(input: $input) {
    reportSchedule {
      id
      kind
      every
      nextFirstDay
      nextDueAt
      createdAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ScheduleReportMutation, ScheduleReportMutationVariables>;
export const SegmentChangedDocument = new TypedDocumentString(`
    subscription SegmentChanged($customer: CustomerBy) {
  segmentChanged(customer: $customer) {
    change
    name
    at
    segment {
      id
      size {
        customers
        asOf
      }
    }
    customer {
      id
      externalId
    }
  }
}
    `) as unknown as TypedDocumentString<SegmentChangedSubscription, SegmentChangedSubscriptionVariables>;
export const SegmentRevenueDocument = new TypedDocumentString(`
    query SegmentRevenue($model: SegmentationModel! = VALUE_2021, $month: String) {
  brand {
    segmentRevenue(model: $model, month: $month) {
      model
      month
      bands {
        band
        customers
        buyers
        orders
        revenue {
          amount
          currencyCode
        }
        share
        revenueBefore {
          amount
        }
        netRevenueRetention
      }
      bandsKnown
      orders
      revenue {
        amount
      }
      revenueBefore {
        amount
      }
      netRevenueRetention
      asOf
      window {
        from
        until
      }
      modelVersion
      previous {
        bands {
          band
          revenue {
            amount
          }
          netRevenueRetention
        }
        revenue {
          amount
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SegmentRevenueQuery, SegmentRevenueQueryVariables>;
export const SegmentDocument = new TypedDocumentString(`
    query Segment($id: ID!, $first: Int = 20, $after: String) {
  segment(id: $id) {
    id
    name
    description
    condition
    version
    filling
    size {
      customers
      asOf
      window {
        from
        until
      }
      modelVersion
    }
    members(first: $first, after: $after) {
      nodes {
        id
        externalId
        relationship {
          segments {
            name
            since
            segment {
              id
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SegmentQuery, SegmentQueryVariables>;
export const SendTestWebhookDocument = new TypedDocumentString(`
    mutation SendTestWebhook($input: SendTestWebhookInput!) {
  sendTestWebhook(input: $input) {
    webhookDelivery {
      id
      topic
      customerId
      payload
      happenedAt
      state
      attempts
      nextAttemptAt
      lastAttemptAt
      lastStatus
      failure
      deliveredAt
      createdAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SendTestWebhookMutation, SendTestWebhookMutationVariables>;
export const SetBudgetPlanDocument = new TypedDocumentString(`
    mutation SetBudgetPlan($input: SetBudgetPlanInput!) {
  setBudgetPlan(input: $input) {
    budgetPlan {
      firstDay
      lastDay
      lines {
        purpose
        amount {
          amount
          currencyCode
        }
      }
      recordedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SetBudgetPlanMutation, SetBudgetPlanMutationVariables>;
export const SetChannelPreferenceDocument = new TypedDocumentString(`
    mutation SetChannelPreference($input: SetChannelPreferenceInput!) {
  setChannelPreference(input: $input) {
    relationship {
      channels {
        channel
        preference
        preferredHour
        hasAddress
        bouncedAt
        deliverable
      }
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SetChannelPreferenceMutation, SetChannelPreferenceMutationVariables>;
export const SetDormancyPolicyDocument = new TypedDocumentString(`
    mutation SetDormancyPolicy($input: SetDormancyPolicyInput!) {
  setDormancyPolicy(input: $input) {
    dormancyPolicy {
      activeDays
      driftingDays
      inactiveDays
      dormantDays
      minMessages
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SetDormancyPolicyMutation, SetDormancyPolicyMutationVariables>;
export const SetFrequencyPolicyDocument = new TypedDocumentString(`
    mutation SetFrequencyPolicy($input: SetFrequencyPolicyInput!) {
  setFrequencyPolicy(input: $input) {
    frequencyPolicy {
      quietHours {
        from
        until
      }
      caps {
        channel
        perDay
        perWeek
      }
      updatedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SetFrequencyPolicyMutation, SetFrequencyPolicyMutationVariables>;
export const SetQuietHoursDocument = new TypedDocumentString(`
    mutation SetQuietHours($input: SetQuietHoursInput!) {
  setQuietHours(input: $input) {
    relationship {
      quietHours {
        from
        until
      }
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SetQuietHoursMutation, SetQuietHoursMutationVariables>;
export const SetUnitCostsDocument = new TypedDocumentString(`
    mutation SetUnitCosts($input: SetUnitCostsInput!) {
  setUnitCosts(input: $input) {
    unitCosts {
      muPrice
      messageCosts {
        channel
        cost
      }
      serviceCostPerOrder {
        amount
        currencyCode
      }
      survivalDays
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SetUnitCostsMutation, SetUnitCostsMutationVariables>;
export const ShopItemsDocument = new TypedDocumentString(`
    query ShopItems($first: Int, $after: String) {
  shopItems(first: $first, after: $after) {
    nodes {
      id
      externalId
      name
      description
      price
      minimumBalance
      available
      kind
      stock
      perCustomer
      startsAt
      endsAt
      expiresInSeconds
      imageUrl
      terms
      everywhere
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ShopItemsQuery, ShopItemsQueryVariables>;
export const SimulateBudgetShiftDocument = new TypedDocumentString(`
    query SimulateBudgetShift($to: BudgetTargetInput!, $period: PeriodInput) {
  brand {
    simulateBudgetShift(to: $to, period: $period) {
      before {
        newCustomers {
          amount
        }
        existing {
          amount
        }
        existingShare
      }
      after {
        newCustomers {
          amount
        }
        existing {
          amount
        }
        existingShare
      }
      moved {
        amount
        currencyCode
      }
      mu
      verifiedAttention
      acquisitionsGivenUp
      newCustomersGivenUp
      wasteAvoided {
        amount
      }
      assumptions
      asOf
      window {
        from
        until
      }
      modelVersion
    }
  }
}
    `) as unknown as TypedDocumentString<SimulateBudgetShiftQuery, SimulateBudgetShiftQueryVariables>;
export const SimulateEarnDocument = new TypedDocumentString(`
    query SimulateEarn($event: SimulateEarnInput!) {
  simulateEarn(event: $event) {
    total
    openedMu
    topUpMu
    confidence
    duplicate
    explanations {
      rule {
        name
        version
      }
      outcome
      reason
      amount
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SimulateEarnQuery, SimulateEarnQueryVariables>;
export const StopJourneyDocument = new TypedDocumentString(`
    mutation StopJourney($input: StopJourneyInput!) {
  stopJourney(input: $input) {
    journey {
      id
      externalId
      name
      version
      createdAt
      stoppedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<StopJourneyMutation, StopJourneyMutationVariables>;
export const StreakChangedDocument = new TypedDocumentString(`
    subscription StreakChanged($customer: CustomerBy) {
  streakChanged(customer: $customer) {
    change
    current
    previous
    at
    rule {
      name
    }
    customer {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<StreakChangedSubscription, StreakChangedSubscriptionVariables>;
export const SubmitMagnetResponseDocument = new TypedDocumentString(`
    mutation SubmitMagnetResponse($input: SubmitMagnetResponseInput!) {
  submitMagnetResponse(input: $input) {
    response {
      id
      mu
      right
      of
      stakeMu
      outcome
      answeredAt
      consent {
        purpose
        text
        version
        givenAt
      }
    }
    grants {
      amount
      reason
    }
    wallet {
      balance
      state
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SubmitMagnetResponseMutation, SubmitMagnetResponseMutationVariables>;
export const SurpriseAuditDocument = new TypedDocumentString(`
    query SurpriseAudit($poolId: ID!, $first: Int, $after: String) {
  surpriseAudit(poolId: $poolId) {
    pool {
      id
      seed
      commitment
      prizeMu
      oddsOneIn
    }
    drawCount
    wins
    paidMu
    verified
    mismatches {
      id
    }
    draws(first: $first, after: $after) {
      nodes {
        input
        window
        won
        amount
        drawnAt
        customer {
          id
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SurpriseAuditQuery, SurpriseAuditQueryVariables>;
export const SurpriseReceivedDocument = new TypedDocumentString(`
    subscription SurpriseReceived($customer: CustomerBy) {
  surpriseReceived(customer: $customer) {
    amount
    at
    pool {
      id
    }
    customer {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<SurpriseReceivedSubscription, SurpriseReceivedSubscriptionVariables>;
export const TriggerSurpriseDocument = new TypedDocumentString(`
    mutation TriggerSurprise($input: TriggerSurpriseInput!) {
  triggerSurprise(input: $input) {
    surpriseDraw {
      id
      window
      won
      amount
      input
      drawnAt
    }
    firstDraw
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<TriggerSurpriseMutation, TriggerSurpriseMutationVariables>;
export const UnifiedCustomerViewDocument = new TypedDocumentString(`
    query UnifiedCustomerView($by: CustomerBy!, $channel: Channel! = EMAIL, $last: Int = 20) {
  customer(by: $by) {
    id
    externalId
    name
    email
    phone
    traits
    identities {
      kind
      value
      level
      confirmedAt
    }
    consents {
      purpose
      granted
      recordedAt
    }
    relationship {
      createdAt
      channels {
        channel
        preference
        deliverable
      }
      canContact(channel: $channel) {
        allowed
        reasons {
          code
          until
        }
        allowedAt
      }
      hotline {
        state
        lastHeard
        channels
      }
      attentionScore {
        raw30d
        ema
        index
        band
        streak
        trend
        asOf
        modelVersion
      }
      dormancy {
        state
        since
        daysSilent
        nextState
        nextAt
        modelVersion
      }
      purchaseTotals {
        orders
        otherCurrencyOrders
        net {
          amount
          currencyCode
        }
        lastAt
      }
      clv {
        value {
          amount
          currencyCode
        }
        pAlive
        source
        asOf
        modelVersion
      }
      customerProfit {
        profit {
          amount
          currencyCode
        }
        modelVersion
      }
      worth: band(model: VALUE_2021) {
        band
        modelVersion
      }
      plays: band(model: TAT_2026) {
        band
        progress
        attentiveness
        modelVersion
      }
      segments {
        name
        since
      }
      scores {
        kind
        value
        scorer
        scoredAt
      }
    }
    wallet {
      balance
      held
      state
      lifetimeEarned
    }
    timeline(first: $last) {
      nodes {
        __typename
        ... on MessageDelivery {
          deliveredAt
          delivered: message {
            id
            subject
          }
        }
        ... on AttentionEvent {
          id
          action
          confidence
          occurredAt
        }
        ... on LedgerEntry {
          id
          amount
          kind
          reason
          postedAt
        }
        ... on Redemption {
          id
          amount
          state
          createdAt
        }
        ... on Purchase {
          id
          purchasedAt
          total {
            amount
            currencyCode
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<UnifiedCustomerViewQuery, UnifiedCustomerViewQueryVariables>;
export const UnmergeCustomersDocument = new TypedDocumentString(`
    mutation UnmergeCustomers($input: UnmergeCustomersInput!) {
  unmergeCustomers(input: $input) {
    merge {
      id
      reason
      createdAt
      undoneAt
      undoneReason
    }
    from {
      id
      externalId
      wallet {
        balance
      }
    }
    into {
      id
      externalId
      wallet {
        balance
        owed
      }
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UnmergeCustomersMutation, UnmergeCustomersMutationVariables>;
export const UnsaveMicronDocument = new TypedDocumentString(`
    mutation UnsaveMicron($input: UnsaveMicronInput!) {
  unsaveMicron(input: $input) {
    micron {
      id
      folder
      readAt
      savedAt
      leavesAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UnsaveMicronMutation, UnsaveMicronMutationVariables>;
export const UpdateBrandDocument = new TypedDocumentString(`
    mutation UpdateBrand($input: UpdateBrandInput!) {
  updateBrand(input: $input) {
    brand {
      id
      slug
      name
      timezone
      currency
      maxEventAgeDays
      sendgridPublicKey
      linkOrigins
      ampSenders
      triadThird
      createdAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateBrandMutation, UpdateBrandMutationVariables>;
export const UpdateEmSeriesDocument = new TypedDocumentString(`
    mutation UpdateEmSeries($input: UpdateEmSeriesInput!) {
  updateEmSeries(input: $input) {
    emSeries {
      id
      externalId
      name
      dailySlot
      state
      createdAt
      updatedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateEmSeriesMutation, UpdateEmSeriesMutationVariables>;
export const UpdateWebhookEndpointDocument = new TypedDocumentString(`
    mutation UpdateWebhookEndpoint($input: UpdateWebhookEndpointInput!) {
  updateWebhookEndpoint(input: $input) {
    webhookEndpoint {
      id
      url
      topics
      description
      state
      secretRotatedAt
      failingSince
      createdAt
      updatedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateWebhookEndpointMutation, UpdateWebhookEndpointMutationVariables>;
export const UpdateWorthSettingsDocument = new TypedDocumentString(`
    mutation UpdateWorthSettings($input: UpdateWorthSettingsInput!) {
  updateWorthSettings(input: $input) {
    settings {
      margin
      discount
      horizonYears
      yearlyRetention
      daysBetweenOrders
      clvModel
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateWorthSettingsMutation, UpdateWorthSettingsMutationVariables>;
export const UpsertEarnRuleDocument = new TypedDocumentString(`
    mutation UpsertEarnRule($input: UpsertEarnRuleInput!) {
  upsertEarnRule(input: $input) {
    earnRule {
      id
      name
      version
      action
      amount
      channels
      perCustomerPerDay
      minConfidence
      maxMuPerCustomerPerDay
      maxMuPerCustomer
      maxMuPerCampaign
      maxMuInTotal
      priority
      stacking
      enabled
      streak {
        unit
        cap
        startAt
        resetTo
        graceUnits
      }
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UpsertEarnRuleMutation, UpsertEarnRuleMutationVariables>;
export const UpsertEventMappingDocument = new TypedDocumentString(`
    mutation UpsertEventMapping($input: UpsertEventMappingInput!) {
  upsertEventMapping(input: $input) {
    eventMapping {
      id
      key
      mapping
      createdAt
      updatedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UpsertEventMappingMutation, UpsertEventMappingMutationVariables>;
export const UpsertReferralProgramDocument = new TypedDocumentString(`
    mutation UpsertReferralProgram($input: UpsertReferralProgramInput!) {
  upsertReferralProgram(input: $input) {
    referralProgram {
      id
      referrerMu
      friendMu
      sharePercent
      shareDays
      shareCapMu
      linkBase
      open
      reserved
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UpsertReferralProgramMutation, UpsertReferralProgramMutationVariables>;
export const UpsertSegmentDocument = new TypedDocumentString(`
    mutation UpsertSegment($input: UpsertSegmentInput!) {
  upsertSegment(input: $input) {
    segment {
      id
      name
      description
      condition
      version
      filling
      size {
        customers
        asOf
        modelVersion
      }
      createdAt
      updatedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UpsertSegmentMutation, UpsertSegmentMutationVariables>;
export const UpsertShopItemDocument = new TypedDocumentString(`
    mutation UpsertShopItem($input: UpsertShopItemInput!) {
  upsertShopItem(input: $input) {
    shopItem {
      id
      externalId
      name
      description
      price
      minimumBalance
      available
      kind
      stock
      perCustomer
      startsAt
      endsAt
      expiresInSeconds
      imageUrl
      terms
      everywhere
      createdAt
      updatedAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UpsertShopItemMutation, UpsertShopItemMutationVariables>;
export const VelvetArrivalDocument = new TypedDocumentString(`
    subscription VelvetArrival($storeId: String) {
  velvetArrival(storeId: $storeId) {
    storeId
    at
    customer {
      id
      name
    }
  }
}
    `) as unknown as TypedDocumentString<VelvetArrivalSubscription, VelvetArrivalSubscriptionVariables>;
export const VoidMagnetDocument = new TypedDocumentString(`
    mutation VoidMagnet($input: VoidMagnetInput!) {
  voidMagnet(input: $input) {
    magnet {
      id
      state
      ... on PredictionMagnet {
        resolvedAt
        settledAt
        remainderMu
      }
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<VoidMagnetMutation, VoidMagnetMutationVariables>;
export const WalletChangedDocument = new TypedDocumentString(`
    subscription WalletChanged($customer: CustomerBy) {
  walletChanged(customer: $customer) {
    kind
    amount
    reason
    at
    entry {
      id
      balanceAfter
    }
    wallet {
      balance
      held
    }
  }
}
    `) as unknown as TypedDocumentString<WalletChangedSubscription, WalletChangedSubscriptionVariables>;
export const WebhookEndpointsDocument = new TypedDocumentString(`
    query WebhookEndpoints($first: Int, $after: String, $state: WebhookDeliveryState) {
  webhookEndpoints(first: $first, after: $after) {
    nodes {
      id
      url
      topics
      state
      failingSince
      deliveries(first: 5, state: $state) {
        nodes {
          id
          topic
          happenedAt
          state
          attempts
          nextAttemptAt
          lastStatus
          failure
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<WebhookEndpointsQuery, WebhookEndpointsQueryVariables>;
export const WebhookTopicsDocument = new TypedDocumentString(`
    query WebhookTopics {
  webhookTopics {
    name
    description
  }
}
    `) as unknown as TypedDocumentString<WebhookTopicsQuery, WebhookTopicsQueryVariables>;
export const WithdrawAnswerDocument = new TypedDocumentString(`
    mutation WithdrawAnswer($input: WithdrawAnswerInput!) {
  withdrawAnswer(input: $input) {
    response {
      id
      choices
      text
      mu
      withdrawnAt
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<WithdrawAnswerMutation, WithdrawAnswerMutationVariables>;
export const WithdrawConsentDocument = new TypedDocumentString(`
    mutation WithdrawConsent($input: WithdrawConsentInput!) {
  withdrawConsent(input: $input) {
    consent {
      purpose
      granted
      recordedAt
      brand {
        id
        slug
      }
    }
    replayed
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<WithdrawConsentMutation, WithdrawConsentMutationVariables>;