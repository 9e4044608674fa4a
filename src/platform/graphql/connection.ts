import { ArgsType, type ClassType, Directive, Field, Int, ObjectType } from 'type-graphql';
import { RequestError } from '../errors';
import type { Limits } from '../limits';
import { decodeCursor, encodeCursor, type CursorKind, type CursorParts } from './cursor';

/** How many items a list has whose `first` is not given. */
export const defaultPageSize = 20;

/** Where a page lies in its list, as `toConnection` tells it. */
export interface PagePlace {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
}

/** The GraphQL type of `PagePlace`; the same in every subgraph, hence shareable. */
@Directive('@shareable')
@ObjectType({
  description: 'Where a page lies in its list.',
  simpleResolvers: true,
})
export class PageInfo implements PagePlace {
  @Field(() => Boolean, { description: 'Whether more items follow this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether the page was asked for with a cursor.' })
  hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the first item; null on an empty page.',
  })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last item: pass it as `after` for the next page.',
  })
  endCursor!: string | null;
}

/** Arguments of every list. A field with filters of its own takes a class that extends this one. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    defaultValue: defaultPageSize,
    description: 'How many items to return, from 1 to the page limit (100).',
  })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The `endCursor` of the page before; nothing for the first page.',
  })
  after?: string | null;
}

/** A checked page: fetch `first + 1` rows that follow `after`, then call `toConnection`. */
export interface Page<Parts = readonly (string | number)[]> {
  first: number;
  after: Parts | null;
}

/**
 * Checks the arguments of a list whose cursors have parts of these kinds. Throws RequestError
 * BAD_USER_INPUT for a `first` outside 1 to the limit and for a cursor of another list.
 */
export function readPage<const Kinds extends readonly CursorKind[]>(
  args: Pick<PageArgs, 'first' | 'after'>,
  limits: Pick<Limits, 'pageSize'>,
  kinds: Kinds,
): Page<CursorParts<Kinds>> {
  const first = args.first ?? defaultPageSize;
  if (!Number.isInteger(first) || first < 1 || first > limits.pageSize) {
    throw new RequestError('BAD_USER_INPUT', `first must be from 1 to ${limits.pageSize}`);
  }
  const after = args.after ?? null;
  return { first, after: after === null ? null : decodeCursor(after, kinds) };
}

export interface Edge<Node> {
  cursor: string;
  node: Node;
}

export interface Connection<Node> {
  edges: Edge<Node>[];
  nodes: Node[];
  pageInfo: PagePlace;
}

/**
 * Makes the answer of a list from the `first + 1` rows fetched; `cursorOf` gives a row's sort key. Edges
 * and cursors come into being when they are asked for, which most queries do not.
 */
export function toConnection<Row>(
  rows: readonly Row[],
  page: Page<unknown>,
  cursorOf: (row: Row) => readonly (string | number)[],
): Connection<Row> {
  const nodes = rows.length > page.first ? rows.slice(0, page.first) : [...rows];
  const cursorAt = (at: number): string | null => {
    const node = nodes.at(at);
    return node === undefined ? null : encodeCursor(cursorOf(node));
  };
  return {
    nodes,
    get edges() {
      return nodes.map((node) => ({ cursor: encodeCursor(cursorOf(node)), node }));
    },
    pageInfo: {
      hasNextPage: rows.length > page.first,
      hasPreviousPage: page.after !== null,
      get startCursor() {
        return cursorAt(0);
      },
      get endCursor() {
        return cursorAt(-1);
      },
    },
  };
}

/** The same list of something else, made once of each node. */
export function mapConnection<From, To>(
  connection: Connection<From>,
  to: (node: From) => To,
): Connection<To> {
  const nodes = connection.nodes.map(to);
  return {
    nodes,
    pageInfo: connection.pageInfo,
    get edges() {
      return connection.edges.map(({ cursor }, at) => ({ cursor, node: nodes[at] as To }));
    },
  };
}

/** The TypeGraphQL classes of a list: give `Connection` to the field that answers `toConnection`. */
export interface ConnectionTypes<Node> {
  Connection: ClassType<Connection<Node>>;
  Edge: ClassType<Edge<Node>>;
}

/**
 * Makes the GraphQL types `<name>Connection` and `<name>Edge` for a list of an object type, an
 * interface or a union. To be called once for a name, where the feature declares its types.
 */
export function connectionTypes<Node extends object>(
  NodeType: ClassType<Node> | Node,
  name: string,
): ConnectionTypes<Node> {
  @ObjectType(`${name}Edge`, {
    description: `One ${name} of a list, with its cursor.`,
    simpleResolvers: true,
  })
  class NodeEdge implements Edge<Node> {
    @Field(() => String, { description: 'Marks the place of the item in its list.' })
    cursor!: string;

    @Field(() => NodeType as ClassType, { description: 'The item.' })
    node!: Node;
  }

  @ObjectType(`${name}Connection`, {
    description: `One page of a list of ${name}.`,
    simpleResolvers: true,
  })
  class NodeConnection implements Connection<Node> {
    @Field(() => [NodeEdge], { description: 'The items of the page with their cursors.' })
    edges!: NodeEdge[];

    @Field(() => [NodeType as ClassType], { description: 'The items of the page alone.' })
    nodes!: Node[];

    @Field(() => PageInfo, { description: 'Where the page lies in the list.' })
    pageInfo!: PagePlace;
  }

  return { Connection: NodeConnection, Edge: NodeEdge };
}
