import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  createUnionType,
  Directive,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  InterfaceType,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
  Root,
} from 'type-graphql';
import type { ReferenceLoader } from '../../../src/platform/feature';
import { Allow } from '../../../src/platform/graphql/access';
import {
  connectionTypes,
  PageArgs,
  readPage,
  toConnection,
  type Connection,
} from '../../../src/platform/graphql/connection';
import type { Context } from '../../../src/platform/graphql/context';
import { JSONObject, Mu } from '../../../src/platform/graphql/scalars';
import { TypeName } from '../../../src/platform/graphql/schema-defaults';
import { buildSchemas, type SchemaParts } from '../../../src/platform/graphql/subgraph';

/** A library: the smallest graph in which every device of the kit is used. */
export enum Genre {
  NOVEL = 'NOVEL',
  SECRET = 'SECRET',
}
registerEnumType(Genre, { name: 'Genre', description: 'What kind of book.' });

@InterfaceType('Thing', { description: 'Anything with an id.' })
abstract class Thing {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;
}

@Directive('@key(fields: "id")')
@Directive('@key(fields: "isbn")')
@ObjectType('Book', { implements: Thing, description: 'A book.' })
export class Book extends Thing {
  @Field(() => String, { description: 'Its number.' })
  isbn!: string;

  @Directive('@shareable')
  @Field(() => String, { name: 'title', description: 'Its title.' })
  name!: string;

  @Field(() => Genre, { description: 'Its kind.' })
  genre!: Genre;

  @Field(() => Date, { description: 'When it appeared.' })
  publishedAt!: Date;
}

@Directive('@key(fields: "id")')
@Directive('@tag(name: "people")')
@ObjectType('Author', { implements: Thing, description: 'Who writes books.' })
export class Author extends Thing {
  @Field(() => Mu, { description: 'Earned.' })
  earned!: number;
}

/** What the storage layer would hand out: no instance of the type's class. */
@TypeName('Book')
export class BookRow {
  constructor(
    readonly id: string,
    readonly isbn: string,
    readonly name: string,
    readonly genre: Genre = Genre.NOVEL,
    readonly publishedAt = new Date('2020-02-29T00:00:00Z'),
  ) {}
}

@TypeName('Author')
export class AuthorRow {
  constructor(
    readonly id: string,
    readonly earned: number,
  ) {}
}

export const books = [1, 2, 3, 4].map((n) => new BookRow(`b${n}`, `isbn${n}`, `Book ${n}`));
export const author = new AuthorRow('a1', 12);

const Shelf = createUnionType({
  name: 'Shelf',
  description: 'What a search finds.',
  types: () => [Book, Author] as const,
});

export const BookConnections = connectionTypes(Book, 'Book');
export const ShelfConnections = connectionTypes(Shelf, 'Shelf');

@Directive('@oneOf')
@InputType('BookBy', { description: 'Names one book.' })
export class BookBy {
  @Field(() => ID, { nullable: true, description: 'By id.' })
  id?: string;

  @Field(() => String, { nullable: true, description: 'By number.' })
  isbn?: string;
}

@ArgsType()
class BookArgs extends PageArgs {
  @Field(() => Genre, { nullable: true, description: 'Only of this kind.' })
  genre?: Genre | null;
}

@Resolver(() => Book)
export class BookResolver {
  @Query(() => Book, { nullable: true, description: 'One book.' })
  @Allow({ brand: 'mu:read', customer: true })
  book(@Arg('by', () => BookBy, { description: 'Which.' }) by: BookBy): BookRow | null {
    return books.find((book) => book.id === by.id || book.isbn === by.isbn) ?? null;
  }

  @Query(() => BookConnections.Connection, { description: 'Books by id.' })
  @Allow({ platform: true })
  books(@Args(() => BookArgs) args: BookArgs, @Ctx() context: Context): Connection<BookRow> {
    const page = readPage(args, context.config.limits, ['text']);
    const from = page.after?.[0] ?? '';
    const rows = books.filter((book) => book.id > from).slice(0, page.first + 1);
    return toConnection(rows, page, (book) => [book.id]);
  }

  @Query(() => ShelfConnections.Connection, { description: 'Everything.' })
  @Allow({ platform: true, brand: 'mu:read' })
  search(@Args(() => PageArgs) args: PageArgs): Connection<BookRow | AuthorRow> {
    const page = { first: args.first ?? 20, after: null };
    return toConnection([...books.slice(0, 1), author], page, (row) => [row.id]);
  }

  @Query(() => Thing, { nullable: true, description: 'Anything by id.' })
  @Allow({ customer: true })
  thing(@Arg('id', () => ID, { description: 'Its id.' }) id: string): object | null {
    return [...books, author].find((thing) => thing.id === id) ?? null;
  }

  @Query(() => Boolean, { description: 'Somebody forgot to say who may.' })
  forgotten(): boolean {
    return true;
  }

  @Mutation(() => JSONObject, { description: 'Answers what it got.' })
  @Allow({ brand: 'mu:rules' })
  echo(
    @Arg('value', () => JSONObject, { description: 'Anything.' }) value: Record<string, unknown>,
  ): Record<string, unknown> {
    return value;
  }

  @FieldResolver(() => Int, { description: 'How long its number is.' })
  length(@Root() book: BookRow): number {
    return book.isbn.length;
  }
}

export const referenceCalls: [string, readonly Record<string, unknown>[]][] = [];

const loadBooks: ReferenceLoader = (representations) => {
  referenceCalls.push(['Book', representations]);
  const found = representations.map(
    ({ id, isbn }) => books.find((book) => book.id === id || book.isbn === isbn) ?? null,
  );
  return Promise.resolve(found);
};

const loadAuthors: ReferenceLoader = (representations) => {
  referenceCalls.push(['Author', representations]);
  if (representations.some(({ id }) => id === 'broken')) return Promise.reject(new Error('away'));
  return Promise.resolve(representations.map(({ id }) => (id === author.id ? author : null)));
};

export const sampleParts: SchemaParts = {
  resolvers: [BookResolver],
  references: { Book: loadBooks, Author: loadAuthors },
  rootDescriptions: { query: 'All questions.', mutation: 'All commands.' },
  enumDirectives: {
    Genre: {
      type: { tag: [{ name: 'a' }, { name: 'b' }] },
      values: { SECRET: { inaccessible: {} } },
    },
  },
};

export const sample = buildSchemas(sampleParts);
