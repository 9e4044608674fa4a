import { parse, type OperationDefinitionNode } from 'graphql';
import type { TypedDocumentString } from '../../schema/generated/operations';
import { newKey, type TestService } from '../support/test-service';

/** Runs a published operation as the brand, or as the bearer, and answers its data. */
export type Run = <Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  bearer?: string,
) => Promise<Result>;

/** The name of the one operation of a text. */
export function nameOf(text: string): string {
  return (parse(text).definitions[0] as OperationDefinitionNode).name?.value ?? '';
}

/** A runner in whose answers no operation has failed; `ran` collects the names. */
export function runnerOf(t: TestService, apiKey: string, ran = new Set<string>()): Run {
  return async <Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    bearer = apiKey,
  ) => {
    const text = document.toString();
    const { data, errors } = await t.run(text, variables as Record<string, unknown>, bearer);
    expect({ operation: nameOf(text), errors }).toEqual({
      operation: nameOf(text),
      errors: undefined,
    });
    ran.add(nameOf(text));
    return data as Result;
  };
}

/** A fresh key, as part of an input. */
export const key = () => ({ idempotencyKey: newKey() });
