import { GraphQLError, parse, print, validate, type GraphQLSchema } from 'graphql';
import { setImmediate } from 'node:timers/promises';
import { hashOf, type ManifestEntry } from './manifest';

/** Why a document of the manifest is not served. */
export interface RejectedDocument {
  id: string;
  name: string;
  reason: string;
}

/** What became of a document: its text without regard to spacing, or why it is not served. */
type Verdict = { plain: string } | { reason: string };

/** What documents are held against. */
export interface Admission {
  schema: GraphQLSchema;
  maxTokens: number;
}

/** The documents of one manifest that fit one schema, found by id or by text. */
export class TrustedDocuments {
  /** Those that are not served, in the manifest's order. */
  readonly rejected: RejectedDocument[] = [];
  private readonly verdicts = new Map<string, Verdict>();
  private readonly byId = new Map<string, string>();
  private readonly byText = new Map<string, string>();

  private constructor(
    readonly entries: readonly ManifestEntry[],
    private readonly admission: Admission,
  ) {}

  /**
   * Parses and validates documents one by one and lets requests go on between them, as one takes about a
   * millisecond. What was found out before under the same schema is not found out again.
   */
  static async admit(
    entries: readonly ManifestEntry[],
    admission: Admission,
    before?: TrustedDocuments,
  ): Promise<TrustedDocuments> {
    const documents = new TrustedDocuments(entries, admission);
    const known = before?.schema === admission.schema ? before.verdicts : undefined;
    for (const entry of entries) {
      const verdict = known?.get(entry.body);
      documents.add(entry, verdict ?? documents.judge(entry.body));
      if (verdict === undefined) await setImmediate();
    }
    return documents;
  }

  get schema(): GraphQLSchema {
    return this.admission.schema;
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

  private add({ id, name, body }: ManifestEntry, verdict: Verdict): void {
    this.verdicts.set(body, verdict);
    if ('reason' in verdict) {
      this.rejected.push({ id, name, reason: verdict.reason });
      return;
    }
    const hash = hashOf(body);
    for (const known of [id, hash, `sha256:${hash}`]) this.byId.set(known, body);
    for (const known of [body, verdict.plain]) this.byText.set(known, body);
  }

  private judge(body: string): Verdict {
    const plain = this.normalised(body);
    if (plain === null) return { reason: 'it does not parse, or is above the limit of tokens' };
    const [first] = validate(this.schema, parse(body), undefined, { maxErrors: 1 });
    return first === undefined ? { plain } : { reason: first.message };
  }

  private normalised(text: string): string | null {
    const { maxTokens } = this.admission;
    try {
      return print(parse(text, { noLocation: true, maxTokens }));
    } catch (error) {
      if (error instanceof GraphQLError) return null;
      throw error;
    }
  }
}
