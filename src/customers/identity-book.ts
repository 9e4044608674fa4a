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

  private readonly directory = new Map<string, string>();
  private readonly own = new Map<string, BrandIdentity>();
  private readonly externalIds = new Map<string, string>();
  private readonly relationships = new Map<string, Relationship>();

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

  /** By what the brand itself said before: the externalId, else the e-mail, else the phone. */
  private findOwn({ brandId, externalId, identities }: IdentifyRequest): string | null {
    const byId = externalId === null ? null : this.externalIds.get(nameOf(brandId, externalId));
    const byIdentity = identities.map((claim) => this.ownIdentity(brandId, claim)?.customer);
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
      .filter((customer) => this.relationshipOf(brandId, customer) === undefined);
    return strangers[0] ?? null;
  }

  /** Keys of the call that belong to another of the brand's own customers. */
  private conflicts(request: IdentifyRequest, customer: string): UserErrorShape[] {
    const { brandId, externalId, identities } = request;
    const filedUnder = this.relationshipOf(brandId, customer)?.externalId ?? null;
    const refusals = identities
      .filter((claim) => (this.ownIdentity(brandId, claim)?.customer ?? customer) !== customer)
      .map(({ kind }) => ownedByAnother(kind.toLowerCase()));
    const other = externalId !== null && filedUnder !== null && filedUnder !== externalId;
    if (other && this.externalIds.get(nameOf(brandId, externalId)) !== customer) {
      const message = 'The customer has another externalId, which is set once.';
      refusals.unshift(userError('ALREADY_EXISTS', ['externalId'], message));
    }
    return refusals;
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
    } else if (confirmed && !earlier.confirmed) {
      earlier.confirmed = true;
      this.changedIdentities.add(earlier);
    }
    if (this.directory.has(nameOf(kind, value))) return;
    this.knowLine({ kind, value, customer });
    this.newLines.push({ kind, value, customer });
  }
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
