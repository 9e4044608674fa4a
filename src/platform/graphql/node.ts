import { Field, ID, InterfaceType } from 'type-graphql';

/** Anything that `node(id)` can fetch again by its global id. */
@InterfaceType({ description: 'An object with a global id; `node(id)` fetches it again.' })
export abstract class Node {
  @Field(() => ID, { description: 'Global id: a type prefix and a UUID, for example `cus_01h…`.' })
  id!: string;
}
