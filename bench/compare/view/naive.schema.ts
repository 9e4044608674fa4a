/** The fields of the card, by the names they have in ours. */
export const typeDefs = `#graphql
  scalar Json
  scalar Instant
  input CustomerBy { externalId: String }
  type Query { customer(by: CustomerBy!): Customer }
  type Customer {
    id: ID! externalId: String name: String email: String phone: String traits: Json
    identities: [Identity!]! consents: [Consent!]! relationship: Relationship! wallet: Wallet!
    attention(first: Int): Events! messages(first: Int): Deliveries!
  }
  type Identity { kind: String! value: String! confirmedAt: Instant }
  type Consent { purpose: String! granted: Boolean! recordedAt: Instant! }
  type Relationship {
    createdAt: Instant! attentionScore: Score! dormancy: Dormancy! purchaseTotals: Totals!
  }
  type Score { raw30d: Int! ema: Float! index: Int! band: String! streak: Int! }
  type Dormancy { state: String! since: Instant! daysSilent: Int }
  type Totals { orders: Int! net: Money! firstAt: Instant lastAt: Instant }
  type Money { amount: String! currencyCode: String! }
  type Wallet { balance: Float! held: Float! lifetimeEarned: Float! statement(first: Int): Entries! }
  type Entries { nodes: [Entry!]! }
  type Entry {
    id: ID! number: Int! amount: Float! balanceAfter: Float! kind: String! reason: String! postedAt: Instant!
  }
  type Events { nodes: [Event!]! }
  type Event { id: ID! action: String! channel: String confidence: Float! occurredAt: Instant! }
  type Deliveries { nodes: [Delivery!]! }
  type Delivery { id: ID! deliveredAt: Instant! message: Message! }
  type Message { id: ID! externalId: String! channel: String! subject: String }
`;
