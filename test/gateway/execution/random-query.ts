import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** Draws numbers from what fast-check made, so that a failing query becomes a short one. */
class Tape {
  private at = 0;
  constructor(private readonly numbers: readonly number[]) {}

  /** A number below `n`; 0 when the tape is used up. */
  next(n: number): number {
    const number = this.numbers[this.at] ?? 0;
    this.at += 1;
    return number % n;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.next(items.length)]!;
  }

  get isOver(): boolean {
    return this.at >= this.numbers.length;
  }
}

/** Names that fields and keys have too, so that aliases meet what plans read. */
const aliases = ['id', 'name', 'sku', 'x', 'constructor', 'price', '_as_id', 'representations'];

/** A query made of numbers. It may break the rule that fields of one name can be merged. */
export function randomQuery(schema: GraphQLSchema, numbers: readonly number[]): string {
  return new RandomQuery(schema, new Tape(numbers)).text();
}

class RandomQuery {
  private readonly fragments: string[] = [];

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly tape: Tape,
  ) {}

  text(): string {
    const selections = this.selections(this.schema.getQueryType()!, 0);
    const variables =
      '($yes: Boolean!, $no: Boolean = false, $first: Int, $representations: Boolean = true)';
    return [`query Random${variables} ${selections}`, ...this.fragments].join('\n');
  }

  private selections(type: GraphQLCompositeType, depth: number): string {
    const count = 1 + this.tape.next(4);
    const parts: string[] = [];
    for (let part = 0; part < count; part += 1) {
      const kind = this.tape.next(8);
      if (kind === 6 && depth < 6) parts.push(this.fragment(type, depth, false));
      else if (kind === 7 && depth < 6) parts.push(this.fragment(type, depth, true));
      else parts.push(this.field(type, depth));
    }
    return `{ ${parts.join(' ')} }`;
  }

  private fragment(type: GraphQLCompositeType, depth: number, named: boolean): string {
    const on = this.tape.pick(this.overlapping(type));
    const selections = this.selections(on, depth + 1);
    if (!named) return `... on ${on.name}${this.condition()} ${selections}`;
    const name = `F${this.fragments.length}`;
    this.fragments.push(`fragment ${name} on ${on.name} ${selections}`);
    return `...${name}${this.condition()}`;
  }

  private overlapping(type: GraphQLCompositeType): GraphQLCompositeType[] {
    if (isAbstractType(type)) return [...this.schema.getPossibleTypes(type), type];
    return [type, ...(isObjectType(type) ? type.getInterfaces() : [])];
  }

  private field(type: GraphQLCompositeType, depth: number): string {
    const fields =
      isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    const fitting = fields.filter((field) => !this.isTooDeep(field, depth));
    const number = this.tape.next(fitting.length + 1);
    const field = fitting[number - 1];
    const alias = this.tape.next(4) === 3 ? `${this.tape.pick(aliases)}: ` : '';
    if (field === undefined) return `${alias === '' ? '' : 't: '}__typename`;
    const named = getNamedType(field.type);
    const below = isLeafType(named)
      ? ''
      : ` ${this.selections(named as GraphQLObjectType, depth + 1)}`;
    return `${alias}${field.name}${this.args(field)}${this.condition()}${below}`;
  }

  private isTooDeep(field: GraphQLField<unknown, unknown>, depth: number): boolean {
    return !isLeafType(getNamedType(field.type)) && (depth > 4 || this.tape.isOver);
  }

  private args({ args }: GraphQLField<unknown, unknown>): string {
    const given = args.flatMap(({ name, type }) => {
      const required = String(type).endsWith('!');
      if (!required && this.tape.next(2) === 0) return [];
      const values: Record<string, string[]> = {
        Int: ['1', '2', '$first', 'null'],
        Boolean: ['true', 'false', '$representations'],
      };
      return [`${name}: ${this.tape.pick(values[String(type)] ?? ['"1"', '"2"', '"9"'])}`];
    });
    return given.length === 0 ? '' : `(${given.join(', ')})`;
  }

  private condition(): string {
    if (this.tape.next(5) !== 4) return '';
    const value = this.tape.pick(['$yes', '$no', 'true', 'false', '$representations']);
    return ` @${this.tape.pick(['include', 'skip'])}(if: ${value})`;
  }
}
