import { getMetadataArgsStorage } from 'typeorm';

type Constructor<T> = new () => T;

interface Mapping {
  property: string;
  column: string;
  /** Instants arrive as Date from a statement and as text from a stored answer. */
  instant: boolean;
}

const mappings = new Map<string, Map<unknown, Mapping[]>>();

function mappingOf(entity: Constructor<object>, prefix: string): Mapping[] {
  let ofPrefix = mappings.get(prefix);
  if (ofPrefix === undefined) mappings.set(prefix, (ofPrefix = new Map<unknown, Mapping[]>()));
  let mapping = ofPrefix.get(entity);
  if (mapping === undefined) {
    mapping = getMetadataArgsStorage()
      .filterColumns(entity)
      .map((column) => ({
        property: column.propertyName,
        column: prefix + (column.options.name ?? column.propertyName),
        instant: column.options.type === 'timestamptz',
      }));
    ofPrefix.set(entity, mapping);
  }
  return mapping;
}

/** The columns of an entity's table, for statements that name them. */
export function columnsOf(entity: Constructor<object>): string[] {
  return mappingOf(entity, '').map(({ column }) => column);
}

/**
 * A row of the entity's table as an instance of the entity; columns the row lacks stay undefined. Where
 * rows of two tables come as one, `prefix` stands before the columns of this one.
 */
export function toEntity<T extends object>(
  entity: Constructor<T>,
  row: Record<string, unknown>,
  prefix = '',
): T {
  const instance = new entity() as T & Record<string, unknown>;
  for (const { property, column, instant } of mappingOf(entity, prefix)) {
    const value = row[column];
    (instance as Record<string, unknown>)[property] =
      instant && typeof value === 'string' ? new Date(value) : value;
  }
  return instance;
}

/** Rows of the entity's table as instances, in order. */
export function toEntities<T extends object>(
  entity: Constructor<T>,
  rows: readonly Record<string, unknown>[],
): T[] {
  return rows.map((row) => toEntity(entity, row));
}
