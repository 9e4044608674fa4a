import {
  getNamedType,
  isAbstractType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Requirement } from './requirement';

/** What a supergraph asks of callers, by type and by `Type.field`. */
export class Rights {
  constructor(
    private readonly types: ReadonlyMap<string, Requirement>,
    private readonly fields: ReadonlyMap<string, Requirement>,
  ) {}

  ofType(type: string): Requirement | undefined {
    return this.types.get(type);
  }

  ofField(type: string, field: string): Requirement | undefined {
    return this.fields.get(`${type}.${field}`);
  }
}

/** What of a schema is open when exactly these requirements are met. Concrete types decide, always. */
export class Sight {
  private readonly seen = new Map<GraphQLCompositeType, readonly GraphQLObjectType[]>();

  constructor(
    readonly schema: GraphQLSchema,
    private readonly rights: Rights,
    private readonly isMet: (requirement: Requirement) => boolean,
  ) {}

  /** Whether objects or values of this type, an object type, an enum or a scalar, are hidden. */
  hides(type: string): boolean {
    return this.fails(this.rights.ofType(type));
  }

  /** The types a value of this type can have that are not hidden. */
  visible(type: GraphQLCompositeType): readonly GraphQLObjectType[] {
    const known = this.seen.get(type);
    if (known !== undefined) return known;
    const visible = this.possible(type).filter((one) => !this.hides(one.name));
    this.seen.set(type, visible);
    return visible;
  }

  possible(type: GraphQLCompositeType): readonly GraphQLObjectType[] {
    return isObjectType(type) ? [type] : this.schema.getPossibleTypes(type);
  }

  /** Whether the field is refused: itself, the object it is of, or everything it could answer. */
  refuses(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): boolean {
    if (this.hides(type.name) || this.fails(this.rights.ofField(type.name, field.name)))
      return true;
    const named = getNamedType(field.type);
    return isAbstractType(named) ? this.visible(named).length === 0 : this.hides(named.name);
  }

  private fails(requirement: Requirement | undefined): boolean {
    return requirement !== undefined && !this.isMet(requirement);
  }
}
