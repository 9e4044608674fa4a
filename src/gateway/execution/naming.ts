import { isInterfaceType, isObjectType, type FieldNode, type GraphQLSchema } from 'graphql';

const prefix = '_as_';
/** Names the planner gives, of which clients know nothing. */
export const plannersNames = '_internal_qp_alias_';

/**
 * What the values of a client's fields and variables are called between gateway and subgraphs. A
 * client may call a field by the name of another, such as `id: email`; in the data that keys of
 * entities are read from, and among the planner's variables, that would be taken for the other.
 */
export class Naming {
  private readonly taken = new Set(['__typename', ...Object.getOwnPropertyNames(Object.prototype)]);

  constructor(schema: GraphQLSchema) {
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const name of Object.keys(type.getFields())) this.taken.add(name);
    }
  }

  /** Under which name the data hold a field that the client asked for. */
  ofField({ name, alias }: FieldNode): string {
    if (alias === undefined || alias.value === name.value) return name.value;
    if (name.value === '__typename') return name.value;
    return this.isTaken(alias.value) ? prefix + alias.value : alias.value;
  }

  /** What the client calls the field that the data hold under this name; undefined for the planner's own. */
  clientName(name: string): string | undefined {
    if (name.startsWith(plannersNames)) return undefined;
    return name.startsWith(prefix) ? name.slice(prefix.length) : name;
  }

  /** What the planner and the subgraphs get to see a variable as. */
  ofVariable(name: string): string {
    return /^(?:representations$|__batch_reps_|_as_)/.test(name) ? prefix + name : name;
  }

  clientVariable(name: string): string {
    return name.startsWith(prefix) ? name.slice(prefix.length) : name;
  }

  private isTaken(alias: string): boolean {
    return this.taken.has(alias) || alias.startsWith(prefix) || alias.startsWith(plannersNames);
  }
}
