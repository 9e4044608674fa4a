import { userError, type UserErrorShape } from '../platform/errors';
import type { Limits } from '../platform/limits';
import { checkJsonObject } from '../platform/text';
import type { ConsentPurpose } from './consent.type';
import { customerId } from './customer.id';
import type { IdentifyRequest, IdentityClaim } from './identify.request';
import type { IdentityKind } from './identity.type';

/** A line of the directory: whose identity this is, over all brands. */
export interface DirectoryLine {
  kind: IdentityKind;
  value: string;
  customer: string;
}

/** What one brand was told: this identity is that customer's. */
export interface BrandIdentity extends DirectoryLine {
  brandId: string;
  confirmed: boolean;
}

/** A customer with one brand. */
export interface Relationship {
  brandId: string;
  customer: string;
  externalId: string | null;
  email: string | null;
  phone: string | null;
  traits: Record<string, unknown>;
}

export interface RecordedConsent {
  brandId: string;
  customer: string;
  purpose: ConsentPurpose;
  granted: boolean;
}

/** An unknown visitor who turned out to be a customer of the brand. */
export interface Recognised {
  brandId: string;
  from: string;
  into: string;
}

type Identified = { customer: string } | { refusals: UserErrorShape[] };

const nameOf = (...parts: string[]): string => parts.join('\n');

/**
 * The rules of who is who (docs/decisions/0010), over what the database said about the keys of a batch.
 * Calls are judged one after another, each seeing the effects of those before it; what has to be
 * written is collected.
 */
export class IdentityBook {
  readonly newCustomers: string[] = [];
  readonly newLines: DirectoryLine[] = [];
  readonly newRelationships: Relationship[] = [];
  readonly changedRelationships = new Set<Relationship>();
  readonly changedIdentities = new Set<BrandIdentity>();
  readonly consents = new Map<string, RecordedConsent>();
  readonly recognised: Recognised[] = [];

  private readonly directory = new Map<string, string>();
  private readonly own = new Map<string, BrandIdentity>();
  private readonly externalIds = new Map<string, string>();
  private readonly relationships = new Map<string, Relationship>();
  private readonly counts = new Map<string, number>();
  private readonly erased = new Set<string>();

  constructor(private readonly limits: Limits) {}

  knowLine({ kind, value, customer }: DirectoryLine): void {
    this.directory.set(nameOf(kind, value), customer);
  }

  knowIdentity(identity: BrandIdentity): void {
    this.own.set(nameOf(identity.brandId, identity.kind, identity.value), identity);
  }

  /** A customer who was merged into another had an id of their own, which still finds them. */
  knowExternalId(brandId: string, externalId: string, customer: string): void {
    this.externalIds.set(nameOf(brandId, externalId), customer);
  }

  knowRelationship(relationship: Relationship): void {
    const { brandId, customer, externalId } = relationship;
    this.relationships.set(nameOf(brandId, customer), relationship);
    if (externalId !== null) this.externalIds.set(nameOf(brandId, externalId), customer);
  }

  /** A brand that has erased a customer does not find them again by what others were told. */
  knowErased(brandId: string, customer: string): void {
    this.erased.add(nameOf(brandId, customer));
  }

  /** How many identities of a kind a customer has with a brand. */
  knowCount(brandId: string, customer: string, kind: IdentityKind, count: number): void {
    this.counts.set(nameOf(brandId, customer, kind), count);
  }

  /** Finds or makes the customer of one call and notes what the brand says of them; or refuses. */
  identify(request: IdentifyRequest): Identified {
    const known = this.findOwn(request);
    const refusals = known === null ? [] : this.conflicts(request, known);
    const earlier = known === null ? undefined : this.relationshipOf(request.brandId, known);
    const traits = mergeTraits(earlier?.traits ?? {}, request.traits);
    const checked = checkJsonObject(traits, this.limits, ['traits']);
    if (checked.refusal !== undefined) refusals.push(checked.refusal);
    if (refusals.length > 0) return { refusals };
    const customer = known ?? this.findInDirectory(request) ?? this.createCustomer();
    this.noteRelationship(request, customer, traits);
    this.recognise(request, customer);
    for (const claim of request.identities) this.noteIdentity(request.brandId, customer, claim);
    for (const { purpose, granted } of request.consents) {
      const name = nameOf(request.brandId, customer, purpose);
      this.consents.set(name, { brandId: request.brandId, customer, purpose, granted });
    }
    return { customer };
  }

  private relationshipOf(brandId: string, customer: string): Relationship | undefined {
    return this.relationships.get(nameOf(brandId, customer));
  }

  private ownIdentity(brandId: string, { kind, value }: IdentityClaim): BrandIdentity | undefined {
    return this.own.get(nameOf(brandId, kind, value));
  }

  /**
   * By what the brand itself said before: the externalId, else the first of the addresses; a device or
   * app where the call names nothing else, or where the brand knows nothing else of its customer.
   */
  private findOwn({ brandId, externalId, identities }: IdentifyRequest): string | null {
    const byId = externalId === null ? null : this.externalIds.get(nameOf(brandId, externalId));
    const alone = externalId === null && !identities.some(isAddress);
    const byIdentity = identities.map((claim) => {
      const customer = this.ownIdentity(brandId, claim)?.customer;
      const counts = isAddress(claim) || alone || this.isVisitor(brandId, customer);
      return counts ? customer : undefined;
    });
    return [byId, ...byIdentity].find((customer) => typeof customer === 'string') ?? null;
  }

  /**
   * A person other brands know by this e-mail or phone and this brand not at all yet. One it knows by
   * other data is left alone: to join the two would tell the brand what others were told.
   */
  private findInDirectory({ brandId, identities }: IdentifyRequest): string | null {
    const strangers = identities
      .map(({ kind, value }) => this.directory.get(nameOf(kind, value)))
      .filter((customer) => customer !== undefined)
      .filter((customer) => this.relationshipOf(brandId, customer) === undefined)
      .filter((customer) => !this.erased.has(nameOf(brandId, customer)));
    return strangers[0] ?? null;
  }

  /** Keys of the call that belong to another of the brand's own customers. */
  private conflicts(request: IdentifyRequest, customer: string): UserErrorShape[] {
    const { brandId, externalId, identities } = request;
    const filedUnder = this.relationshipOf(brandId, customer)?.externalId ?? null;
    const refusals = identities
      .filter((claim) => isAddress(claim) && this.isAnothers(brandId, claim, customer))
      .map(({ kind }) => ownedByAnother(kind.toLowerCase()));
    for (const claim of identities) {
      const known = this.ownIdentity(brandId, claim) !== undefined;
      const count = this.counts.get(nameOf(brandId, customer, claim.kind)) ?? 0;
      if (known || count < this.limits.identitiesPerKind) continue;
      const message = `A customer has at most ${this.limits.identitiesPerKind} identities of a kind.`;
      refusals.push(userError('LIMIT_EXCEEDED', [fieldOf(claim.kind)], message));
    }
    const other = externalId !== null && filedUnder !== null && filedUnder !== externalId;
    if (other && this.externalIds.get(nameOf(brandId, externalId)) !== customer) {
      const message = 'The customer has another externalId, which is set once.';
      refusals.unshift(userError('ALREADY_EXISTS', ['externalId'], message));
    }
    return refusals;
  }

  private isAnothers(brandId: string, claim: IdentityClaim, customer: string): boolean {
    return (this.ownIdentity(brandId, claim)?.customer ?? customer) !== customer;
  }

  /**
   * A device or app of somebody the brand knows nothing else of is the customer's whom the call names,
   * and so is all they did. One of somebody else it knows stays theirs: people share devices.
   */
  private recognise({ brandId, identities }: IdentifyRequest, customer: string): void {
    for (const claim of identities) {
      const visitor = this.ownIdentity(brandId, claim)?.customer ?? customer;
      if (visitor === customer || isAddress(claim)) continue;
      if (!this.isVisitor(brandId, visitor)) continue;
      this.recognised.push({ brandId, from: visitor, into: customer });
      for (const own of this.own.values()) {
        if (own.customer === visitor) own.customer = customer;
      }
    }
  }

  /** Somebody of whom the brand knows a device or app and nothing else. */
  private isVisitor(brandId: string, customer: string | undefined): boolean {
    const known = customer === undefined ? undefined : this.relationshipOf(brandId, customer);
    return known !== undefined && (known.externalId ?? known.email ?? known.phone) === null;
  }

  private createCustomer(): string {
    const customer = customerId.create();
    this.newCustomers.push(customer);
    return customer;
  }

  private noteRelationship(
    { brandId, externalId, identities, traits: told }: IdentifyRequest,
    customer: string,
    traits: Record<string, unknown>,
  ): void {
    const valueOf = (kind: IdentityKind): string | null =>
      identities.find((claim) => claim.kind === kind)?.value ?? null;
    const earlier = this.relationshipOf(brandId, customer);
    const relationship = earlier ?? {
      brandId,
      customer,
      externalId: null,
      email: null,
      phone: null,
      traits: {},
    };
    const before = { ...relationship };
    relationship.externalId ??= externalId;
    relationship.email = valueOf('EMAIL') ?? before.email;
    relationship.phone = valueOf('PHONE') ?? before.phone;
    relationship.traits = traits;
    this.knowRelationship(relationship);
    if (earlier === undefined) this.newRelationships.push(relationship);
    else if (
      Object.keys(told).length > 0 ||
      before.externalId !== relationship.externalId ||
      before.email !== relationship.email ||
      before.phone !== relationship.phone
    ) {
      this.changedRelationships.add(relationship);
    }
  }

  private noteIdentity(brandId: string, customer: string, claim: IdentityClaim): void {
    const { kind, value, confirmed } = claim;
    const earlier = this.ownIdentity(brandId, claim);
    if (earlier === undefined) {
      const identity = { brandId, kind, value, customer, confirmed };
      this.knowIdentity(identity);
      this.changedIdentities.add(identity);
      const name = nameOf(brandId, customer, kind);
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    } else if (confirmed && !earlier.confirmed && earlier.customer === customer) {
      earlier.confirmed = true;
      this.changedIdentities.add(earlier);
    }
    if (!isAddress(claim) || this.directory.has(nameOf(kind, value))) return;
    this.knowLine({ kind, value, customer });
    this.newLines.push({ kind, value, customer });
  }
}

/** Whether others may know it too; devices and apps have ids of the brand's own making. */
function isAddress({ kind }: IdentityClaim): boolean {
  return kind === 'EMAIL' || kind === 'PHONE';
}

function fieldOf(kind: IdentityKind): string {
  return { EMAIL: 'email', PHONE: 'phone', DEVICE: 'deviceId', APP: 'appId' }[kind];
}

function ownedByAnother(field: string): UserErrorShape {
  return userError('ALREADY_EXISTS', [field], 'It belongs to another of your customers.');
}

/** The later keys win; null deletes one. */
function mergeTraits(
  earlier: Record<string, unknown>,
  later: Record<string, unknown>,
): Record<string, unknown> {
  const merged = Object.entries({ ...earlier, ...later });
  return Object.fromEntries(merged.filter(([, value]) => value !== null));
}
