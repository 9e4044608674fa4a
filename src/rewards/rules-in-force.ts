import type { MessageEntity } from '../messages';
import type { CommandTransaction } from '../platform/database/command';
import { toEntity } from '../platform/database/rows';
import { EarnRuleEntity } from './earn-rule.entity';
import { modelsOf, segmentsOf, traitsOf, type Audience } from './rules/audience';

// One row a brand with the actions it has defined, then its rules, then the versions asked for.
const rulebooksSql = `
  SELECT b.id AS of_brand, false AS in_force,
    ARRAY(SELECT a.name FROM custom_actions a WHERE a.brand_id = b.id) AS custom_actions,
    (NULL::earn_rules).*
  FROM unnest($1::uuid[]) AS b(id)
  UNION ALL
  SELECT b.id, true, NULL, r.*
  FROM unnest($1::uuid[]) AS b(id)
  CROSS JOIN LATERAL (
    SELECT DISTINCT ON (x.name) x.* FROM earn_rules x
    WHERE x.brand_id = b.id ORDER BY x.name, x.version DESC) r
  UNION ALL
  SELECT p.brand_id, false, NULL, p.* FROM earn_rules p
  WHERE p.id = ANY ($2::uuid[]) AND p.brand_id = ANY ($1::uuid[])`;

interface RulebookRow extends Record<string, unknown> {
  of_brand: string;
  in_force: boolean;
  custom_actions: string[] | null;
  id: string;
}

/** The rule versions an event is judged by. */
export interface JudgedBy {
  /** Those its message was recorded with, else the brand's current ones; by name. */
  rules: readonly EarnRuleEntity[];
  /** Current rules that its message was recorded without. */
  notPinned: readonly EarnRuleEntity[];
}

/** The rules of a batch's brands: the current ones, and those that messages were recorded with. */
export class RulesInForce {
  private readonly versions = new Map<string, EarnRuleEntity>();
  private readonly byBrand = new Map<string, JudgedBy>();
  private readonly byMessage = new Map<string, JudgedBy>();
  private readonly actions = new Map<string, ReadonlySet<string>>();

  private constructor() {}

  /** One statement. */
  static async read(
    tx: Pick<CommandTransaction, 'query'>,
    brandIds: readonly string[],
    messages: readonly (MessageEntity | null)[],
  ): Promise<RulesInForce> {
    const rules = new RulesInForce();
    const pinning = new Map(
      messages.flatMap((one) => (one?.earnRuleUuids == null ? [] : [[one.uuid, one]])),
    );
    const pinned = [...pinning.values()].flatMap((message) => message.earnRuleUuids ?? []);
    const rows = await tx.query<RulebookRow>(rulebooksSql, [brandIds, [...new Set(pinned)]]);
    for (const row of rows) rules.learn(row);
    for (const message of pinning.values()) rules.pin(message);
    return rules;
  }

  for(brandId: string, message: MessageEntity | null): JudgedBy {
    const pinned = message === null ? undefined : this.byMessage.get(message.uuid);
    return pinned ?? this.byBrand.get(brandId) ?? { rules: [], notPinned: [] };
  }

  /** The actions the brand has registered. */
  customActions(brandId: string): ReadonlySet<string> {
    return this.actions.get(brandId) ?? new Set();
  }

  /** Names of the traits these rules ask for, and of the one that tells a customer's time zone. */
  askedTraits(): string[] {
    return [...new Set(['timezone', ...this.audiences().flatMap(traitsOf)])];
  }

  /** Saved segments by name, and models of bands, that these rules ask for. */
  askedMemberships(): { segments: string[]; models: string[] } {
    const audiences = this.audiences();
    return {
      segments: [...new Set(audiences.flatMap(segmentsOf))],
      models: [...new Set(audiences.flatMap(modelsOf))],
    };
  }

  private audiences(): Audience[] {
    return [...this.versions.values()].flatMap(({ audience, multipliers }) => [
      audience,
      ...multipliers.map((one) => one.audience),
    ]);
  }

  private learn(row: RulebookRow): void {
    if (row.custom_actions !== null) {
      this.actions.set(row.of_brand, new Set(row.custom_actions));
      return;
    }
    const rule = this.versions.get(row.id) ?? toEntity(EarnRuleEntity, row);
    this.versions.set(row.id, rule);
    if (!row.in_force) return;
    const rules = [...(this.byBrand.get(row.of_brand)?.rules ?? []), rule];
    this.byBrand.set(row.of_brand, { rules: rules.sort(byName), notPinned: [] });
  }

  private pin({ uuid, brandUuid, earnRuleUuids }: MessageEntity): void {
    const found = (earnRuleUuids ?? []).flatMap((id) => this.versions.get(id) ?? []);
    const rules = found.filter((rule) => rule.brandUuid === brandUuid).sort(byName);
    const names = new Set(rules.map((rule) => rule.name));
    const current = this.byBrand.get(brandUuid)?.rules ?? [];
    const notPinned = current.filter((rule) => !names.has(rule.name));
    this.byMessage.set(uuid, { rules, notPinned });
  }
}

function byName(a: EarnRuleEntity, b: EarnRuleEntity): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
