import { GraphQLError, parse, print, validate, type GraphQLSchema } from 'graphql';
import { hashOf, type ManifestEntry } from './manifest';

/** Why a document of the manifest is not served. */
export interface RejectedDocument {
  id: string;
  name: string;
  reason: string;
}

/** The documents of one manifest that fit one schema, found by id or by text. */
export class TrustedDocuments {
  /** Those that are not served, in the manifest's order. */
  readonly rejected: readonly RejectedDocument[];
  private readonly byId = new Map<string, string>();
  private readonly byText = new Map<string, string>();

  constructor(
    readonly entries: readonly ManifestEntry[],
    readonly schema: GraphQLSchema,
    private readonly maxTokens: number,
  ) {
    const rejected: RejectedDocument[] = [];
    for (const { id, name, body } of entries) {
      const plain = this.normalised(body);
      const reason = plain === null ? 'it does not parse' : this.misfit(body);
      if (plain === null || reason !== null) {
        rejected.push({ id, name, reason: reason ?? '' });
        continue;
      }
      const hash = hashOf(body);
      for (const known of [id, hash, `sha256:${hash}`]) this.byId.set(known, body);
      for (const known of [body, plain]) this.byText.set(known, body);
    }
    this.rejected = rejected;
  }

  get size(): number {
    return this.entries.length - this.rejected.length;
  }

  /** The document under its id, its SHA-256, or `sha256:` and that. */
  withId(id: string): string | undefined {
    return this.byId.get(id);
  }

  /** The document that says the same, however it is spaced, indented and commented. */
  sameAs(text: string): string | undefined {
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    const plain = this.normalised(text);
    return plain === null ? undefined : this.byText.get(plain);
  }

  private normalised(text: string): string | null {
    try {
      return print(parse(text, { noLocation: true, maxTokens: this.maxTokens }));
    } catch (error) {
      if (error instanceof GraphQLError) return null;
      throw error;
    }
  }

  private misfit(body: string): string | null {
    const [first] = validate(this.schema, parse(body), undefined, { maxErrors: 1 });
    return first?.message ?? null;
  }
}
