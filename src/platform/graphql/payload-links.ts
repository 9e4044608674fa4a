import {
  getNamedType,
  isCompositeType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { RequestError } from '../errors';

/**
 * Holds a mutation's selection to what its payload itself carries: the noun it made or changed, and
 * plain values. A field that would load another object is a read. Throws RequestError FORBIDDEN for one.
 */
export function checkPayloads(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): void {
  const info = new TypeInfo(schema);
  const used = [operation, ...fragmentsOf(document)];
  for (const part of used) {
    visit(
      part,
      visitWithTypeInfo(info, {
        Field() {
          const field = info.getFieldDef();
          const parent = info.getParentType();
          if (field == null || parent == null || parent === schema.getMutationType()) return;
          const links = field.resolve !== undefined && isCompositeType(getNamedType(field.type));
          if (links && !parent.name.endsWith('Payload')) throw new RequestError('FORBIDDEN');
        },
      }),
    );
  }
}

/** All of the document's, also those of other operations: a key that may not read needs none of them. */
function fragmentsOf(document: DocumentNode): FragmentDefinitionNode[] {
  return document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
}
