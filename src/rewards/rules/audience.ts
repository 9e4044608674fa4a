/** One condition on a customer; exactly one of its fields is set. */
export interface AudienceCondition {
  segment?: string | null;
  traitEquals?: { name: string; value: string } | null;
  traitIn?: { name: string; values: readonly string[] } | null;
  traitExists?: string | null;
}

/** Conditions that must all hold; none is everybody. */
export type Audience = readonly AudienceCondition[];

type Traits = Readonly<Record<string, unknown>>;

/** Until segments are kept somewhere else, a brand names them in these traits. */
const segmentTraits = ['segment', 'segments'] as const;

/** Whether a customer with these traits belongs to the audience. */
export function belongs(audience: Audience, traits: Traits): boolean {
  return audience.every((condition) => holds(condition, traits));
}

function holds(condition: AudienceCondition, traits: Traits): boolean {
  const { segment, traitEquals, traitIn, traitExists } = condition;
  if (segment != null) return segmentTraits.some((name) => isOneOf(traits[name], [segment]));
  if (traitEquals != null) return isOneOf(traits[traitEquals.name], [traitEquals.value]);
  if (traitIn != null) return isOneOf(traits[traitIn.name], traitIn.values);
  return traitExists != null && traits[traitExists] != null;
}

/** Numbers and booleans are compared as they are written; a list by each of its items. */
function isOneOf(trait: unknown, values: readonly string[]): boolean {
  if (Array.isArray(trait)) return trait.some((item) => isOneOf(item, values));
  const plain = ['string', 'number', 'boolean'].includes(typeof trait);
  return plain && values.includes(String(trait));
}

/** Names of the traits an audience asks for. */
export function traitsOf(audience: Audience): string[] {
  return audience.flatMap(({ segment, traitEquals, traitIn, traitExists }) => {
    if (segment != null) return [...segmentTraits];
    return traitEquals?.name ?? traitIn?.name ?? traitExists ?? [];
  });
}
