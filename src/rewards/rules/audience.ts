/** One condition on a customer; exactly one of its fields is set. */
export interface AudienceCondition {
  segment?: string | null;
  traitEquals?: { name: string; value: string } | null;
  traitIn?: { name: string; values: readonly string[] } | null;
  traitExists?: string | null;
  /** One of these bands of a model. */
  band?: { model: string; in: readonly string[] } | null;
}

/** Conditions that must all hold; none is everybody. */
export type Audience = readonly AudienceCondition[];

/** What an audience is asked about a customer, as far as the rules ask. */
export interface AudienceFacts {
  traits: Readonly<Record<string, unknown>>;
  /** Names of the saved segments the customer is in. */
  segments: readonly string[];
  /** The band a model has put the customer into, by the model. */
  bands: Readonly<Record<string, string>>;
}

/** A brand that keeps its segments itself names them in these traits. */
const segmentTraits = ['segment', 'segments'] as const;

/** Whether a customer of whom this is known belongs to the audience. */
export function belongs(audience: Audience, facts: AudienceFacts): boolean {
  return audience.every((condition) => holds(condition, facts));
}

function holds(condition: AudienceCondition, { traits, segments, bands }: AudienceFacts): boolean {
  const { segment, traitEquals, traitIn, traitExists, band } = condition;
  if (segment != null) {
    const told = segmentTraits.some((name) => isOneOf(traits[name], [segment]));
    return told || segments.includes(segment);
  }
  if (band != null) return band.in.includes(bands[band.model] ?? '');
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

/** Names of the saved segments an audience asks for. */
export function segmentsOf(audience: Audience): string[] {
  return audience.flatMap(({ segment }) => segment ?? []);
}

/** Models by whose bands an audience asks. */
export function modelsOf(audience: Audience): string[] {
  return audience.flatMap(({ band }) => band?.model ?? []);
}
