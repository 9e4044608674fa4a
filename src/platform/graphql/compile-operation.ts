import {
  GraphQLScalarType,
  GraphQLSchema,
  isLeafType,
  Kind,
  TypeInfo,
  valueFromAST,
  visit,
  visitWithTypeInfo,
  type ArgumentNode,
  type DocumentNode,
  type GraphQLInputType,
  type ValueNode,
  type VariableDefinitionNode,
  type VariableNode,
} from 'graphql';
import type { CompiledQuery, compileQuery } from 'graphql-jit';
import { expandedFields } from './expanded-fields';

/** Makes a function of an operation that is valid for the schema. */
export type Compile = typeof compileQuery;

type Values = Readonly<Record<string, unknown>>;

/** An operation as a function. */
export interface CompiledOperation {
  run: CompiledQuery['query'];
  /**
   * What the function takes as variables: the operation's own, coerced, and what its arguments say. Null
   * where an argument cannot be read with these variables, which is for graphql-js to say.
   */
  valuesOf(coerced: Values): Values | null;
}

/** An argument whose value is written in the operation. */
interface Written {
  name: string;
  value: ValueNode;
  type: GraphQLInputType;
  /** Whether it has the same value each time and nobody can change it. */
  constant: boolean;
}

/** A type whose values are what they are. */
const asItIs = new GraphQLScalarType({
  name: 'AsItIs',
  parseValue: (value) => value,
});
const asItIsNode = {
  kind: Kind.NAMED_TYPE,
  name: { kind: Kind.NAME, value: asItIs.name },
} as const;

/** The schema that operations are compiled against: ours, and a type for values that are read already. */
export function compilableSchema(schema: GraphQLSchema): GraphQLSchema {
  const config = schema.toConfig();
  return new GraphQLSchema({ ...config, types: [...config.types, asItIs], assumeValid: true });
}

/**
 * Compiles an operation; null for one that only graphql-js runs as it should. What the compiler knows
 * of values is less than what graphql-js knows (defaults of input fields, `@oneOf`, what was left out),
 * and texts of a client must not come into code. So the compiler gets to see none: every argument
 * becomes a variable, and graphql-js reads them. What would become more code than `mostFields` fields is
 * not compiled.
 */
export function compileOperation(
  compile: Compile,
  schema: GraphQLSchema,
  document: DocumentNode,
  mostFields: number,
): CompiledOperation | null {
  if (!isPlain(document) || expandedFields(schema, document, mostFields) > mostFields) return null;
  const written: Written[] = [];
  const bare = withoutValues(schema, document, written);
  const compiled = compile(schema, bare, undefined, { disablingCapturingStackErrors: true });
  if (!('query' in compiled)) return null;
  const constants: Record<string, unknown> = {};
  for (const { name, value, type } of written.filter(({ constant }) => constant)) {
    constants[name] = valueFromAST(value, type);
  }
  const others = written.filter(({ constant }) => !constant);
  return {
    run: compiled.query,
    valuesOf(coerced) {
      const values: Record<string, unknown> = { ...coerced, ...constants };
      for (const { name, value, type } of others) {
        const read = valueFromAST(value, type, coerced);
        if (read === undefined) return null;
        values[name] = read;
      }
      return values;
    },
  };
}

const prefix = '__written';

/** One operation, no subscription, no directive but those that every schema has, no name that means something here. */
function isPlain(document: DocumentNode): boolean {
  let operations = 0;
  let others = 0;
  visit(document, {
    OperationDefinition({ operation }) {
      operations += 1;
      if (operation === 'subscription') others += 1;
    },
    Directive({ name }) {
      if (name.value !== 'skip' && name.value !== 'include') others += 1;
    },
    Name({ value }) {
      if (value === '__proto__' || value.startsWith(prefix)) others += 1;
    },
  });
  return operations === 1 && others === 0;
}

/** The document with a variable for every argument; those that were written in it are noted. */
function withoutValues(
  schema: GraphQLSchema,
  document: DocumentNode,
  written: Written[],
): DocumentNode {
  const types = new TypeInfo(schema);
  const lifted = visit(
    document,
    visitWithTypeInfo(types, {
      Directive: () => false,
      VariableDefinition: (node): VariableDefinitionNode => declared(node.variable),
      Argument(node): ArgumentNode | undefined {
        const type = types.getInputType();
        if (type == null || node.value.kind === Kind.VARIABLE) return undefined;
        const name = `${prefix}${written.length}`;
        const constant = isLeafType(type) && !hasVariables(node.value);
        written.push({ name, value: node.value, type, constant });
        return { ...node, value: variable(name) };
      },
    }),
  );
  return visit(lifted, {
    OperationDefinition: (node) => ({
      ...node,
      variableDefinitions: [
        ...(node.variableDefinitions ?? []),
        ...written.map(({ name }) => declared(variable(name))),
      ],
    }),
  });
}

function variable(name: string): VariableNode {
  return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } };
}

function declared(of: VariableNode): VariableDefinitionNode {
  return { kind: Kind.VARIABLE_DEFINITION, variable: of, type: asItIsNode };
}

function hasVariables(value: ValueNode): boolean {
  let variables = 0;
  visit(value, {
    Variable() {
      variables += 1;
    },
  });
  return variables > 0;
}
