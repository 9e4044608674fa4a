import { getMetadataArgsStorage } from 'typeorm';

type Constructor<T> = new () => T;

interface Mapping {
  property: string;
  column: string;
  /** Instants arrive as Date from a statement and as text from a stored answer. */
  instant: boolean;
}

const mappings = new Map<unknown, Mapping[]>();

function mappingOf(entity: Constructor<object>): Mapping[] {
  let mapping = mappings.get(entity);
  if (mapping === undefined) {
    mapping = getMetadataArgsStorage()
      .filterColumns(entity)
      .map((column) => ({
        property: column.propertyName,
        column: column.options.name ?? column.propertyName,
        instant: column.options.type === 'timestamptz',
      }));
    mappings.set(entity, mapping);
  }
  return mapping;
}

/** A row of the entity's table as an instance of the entity; columns the row lacks stay undefined. */
export function toEntity<T extends object>(
  entity: Constructor<T>,
  row: Record<string, unknown>,
): T {
  const instance = new entity() as T & Record<string, unknown>;
  for (const { property, column, instant } of mappingOf(entity)) {
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
