import fc, { type GeneratorValue } from 'fast-check';
import {
  getNamedType,
  isCompositeType,
  isUnionType,
  parse,
  validate,
  type ExecutionResult,
  type GraphQLCompositeType,
} from 'graphql';
import { guardGraph } from '../../../src/gateway/rights/guard-graph';
import type { Caller } from '../../../src/platform/auth/caller';
import type { RequestError } from '../../../src/platform/errors';
import { patienceMs, seeded } from '../../support/seeded';
import {
  anonymous,
  barn,
  barnRights,
  barnRoot,
  brand,
  isClosed,
  RecordingGraph,
  refusingBarn,
  request,
  run,
} from './barn';
import { reached } from './reach';

const scopes = ['weigh', 'vet', 'night', 'forest', 'staff', 'paint', 'sell', 'buy'];
const composites = Object.values(barn.schema.getTypeMap()).filter(
  (type) => isCompositeType(type) && !/^__|Mutation|Subscription|Query|Fed/.test(type.name),
) as GraphQLCompositeType[];

/** Draws queries that wander through every kind of fragment. */
class Wanderer {
  private left = 60;
  readonly fragments: string[] = [];

  constructor(private readonly pick: GeneratorValue) {}

  private chance(percent: number): boolean {
    return this.pick(fc.nat, 99) < percent;
  }

  private one<T>(of: readonly T[]): T {
    return of[this.pick(fc.nat, of.length - 1)]!;
  }

  private condition(): string {
    if (!this.chance(15)) return '';
    return `@${this.one(['skip', 'include'])}(if: ${this.one(['$yes', '$no', 'true', 'false'])})`;
  }

  query(): string {
    const body = this.selection(barn.schema.getQueryType()!, 6);
    return `query ($yes: Boolean!, $no: Boolean = false) { k: keeper { x: name @include(if: $yes) @skip(if: $no) } ${body.slice(1)} ${this.fragments.join(' ')}`;
  }

  selection(type: GraphQLCompositeType, depth: number): string {
    const parts = this.chance(20) ? ['__typename'] : [];
    const count = this.pick(fc.integer, { min: 1, max: 4 });
    for (let at = 0; at < count && this.left > 0; at += 1) {
      parts.push(
        this.chance(isUnionType(type) ? 100 : 35)
          ? this.fragment(type, depth)
          : this.field(type, depth),
      );
    }
    return `{ ${parts.join(' ').trim() || '__typename'} }`;
  }

  private field(type: GraphQLCompositeType, depth: number): string {
    this.left -= 1;
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const open = fields.filter((field) => depth > 1 || !isCompositeType(getNamedType(field.type)));
    if (open.length === 0) return '__typename';
    const field = this.one(open);
    const below = getNamedType(field.type);
    const alias = this.chance(25) ? `${this.one(['a', 'b'])}_${field.name}: ` : '';
    const set = isCompositeType(below) ? this.selection(below, depth - 1) : '';
    return `${alias}${field.name} ${this.condition()} ${set}`;
  }

  private fragment(type: GraphQLCompositeType, depth: number): string {
    this.left -= 1;
    const possible = (of: GraphQLCompositeType) =>
      'getFields' in of && !('resolveType' in of)
        ? [of.name]
        : barn.schema.getPossibleTypes(of as never).map(String);
    const mine = possible(type);
    const fitting = composites.filter((one) => possible(one).some((name) => mine.includes(name)));
    const target = type.name === 'Query' ? type : this.one(fitting);
    const set = this.selection(target, depth);
    if (this.chance(40)) {
      const name = `F${this.fragments.length}`;
      this.fragments.push(`fragment ${name} on ${target.name} ${set}`);
      const twice = this.chance(30) ? ` ...${name} ${this.condition()}` : '';
      return `...${name} ${this.condition()}${twice}`;
    }
    return `... ${this.chance(80) || target !== type ? `on ${target.name}` : ''} ${this.condition()} ${set}`;
  }
}

const codeless = ({ data, errors = [] }: ExecutionResult) => ({
  data: JSON.stringify(data),
  errors: errors.map((error) => error.path?.join('.')).sort(),
});

describe('Whatever a query asks and whoever asks', () => {
  const caller = fc.oneof(
    { weight: 1, arbitrary: fc.constant<Caller>(anonymous) },
    { weight: 5, arbitrary: fc.subarray(scopes).map((some) => brand(...some)) },
  );
  const variables = { yes: true, no: false };

  it(
    'no guarded field is asked for, and the answer is that of resolvers which refuse by themselves',
    async () => {
      let refused = 0;
      let trimmed = 0;
      await fc.assert(
        fc.asyncProperty(fc.gen(), caller, async (pick, who) => {
          const source = new Wanderer(pick).query();
          expect(validate(barn.schema, parse(source))).toEqual([]);
          const inner = new RecordingGraph(barn.schema, barnRoot);
          const guarded = guardGraph(inner, barnRights);
          const asked = request(source, who, { variables });
          const isOpen = (place: string) => {
            const [type = '', field = ''] = place.split('.');
            return !isClosed(who, type, field);
          };
          const roots = [...reached(barn.schema, asked.document)].filter((one) =>
            /^Query/.test(one),
          );
          const isRefused = !roots.every(isOpen);
          const answer = await run(guarded, asked).then(codeless, (error: unknown) => ({
            code: (error as RequestError).code,
          }));
          const [sent] = inner.requests;
          const places = sent === undefined ? [] : [...reached(barn.schema, sent.document)];
          if (isRefused) refused += 1;
          else if (sent?.document !== asked.document) trimmed += 1;
          const judge = new RecordingGraph(refusingBarn(who), barnRoot);
          const expected = isRefused
            ? { code: who === anonymous ? 'UNAUTHENTICATED' : 'FORBIDDEN' }
            : codeless(await judge.execute(asked));
          expect(answer).toEqual(expected);
          expect(sent === undefined).toBe(isRefused);
          expect(places.filter((place) => !isOpen(place))).toEqual([]);
        }),
        seeded(300),
      );
      expect(trimmed).toBeGreaterThan(50);
      expect(refused).toBeGreaterThan(10);
    },
    patienceMs,
  );
});
