import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { uuidv7 } from 'uuidv7';
import { formatError } from '../platform/graphql/format-error';
import type { Limits } from '../platform/limits';
import type { Log } from '../platform/log';
import { DocumentStore } from './document-store';
import type { Served } from './served';

/** Formatted errors of operations under way; whoever runs the operation fills it. */
export type FormattedErrors = WeakMap<object, GraphQLFormattedError>;

/** What an Apollo Server of ours is made of. */
export interface ApolloParts {
  schema: GraphQLSchema;
  plugin: ApolloServerPlugin<Served>;
  formatted: FormattedErrors;
  limits: Limits;
  log: Log;
}

/**
 * One Apollo Server over a schema, with everything off that speaks to others or that we do ourselves:
 * introspection is decided per caller, documents are sent whole and one at a time, nothing is traced.
 */
export function createApollo(parts: ApolloParts): ApolloServer<Served> {
  const { schema, plugin, formatted, limits, log } = parts;
  return new ApolloServer<Served>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    documentStore: new DocumentStore(limits),
    stopOnTerminationSignals: false,
    maxRecursiveSelections: true,
    parseOptions: { maxTokens: limits.tokens },
    // Both count one error more: the sentence that they stopped counting.
    validationOptions: { maxErrors: limits.errorsReturned - 1 },
    executionOptions: { maxCoercionErrors: limits.errorsReturned - 1 },
    formatError: (_, error) =>
      formatted.get(error as object) ?? formatError(error, log, () => uuidv7()),
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (message: unknown) => log.warn({ source: 'apollo' }, String(message)),
      error: (message: unknown) => log.error({ source: 'apollo' }, String(message)),
    },
    plugins: [
      plugin,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}
