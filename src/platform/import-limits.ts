import { limit, type LimitSetting } from './limit-setting';

/** Limits of what brands bring from other systems. */
export const importLimits = {
  importEvents: limit(
    'LIMIT_IMPORT_EVENTS',
    1000,
    'Events of one call of an import: a request of a megabyte, stored well within a second.',
  ),
  importEventBytes: limit(
    'LIMIT_IMPORT_EVENT_BYTES',
    32 * 1024,
    'Customer data platforms let a call have as much.',
  ),
  importEventKeys: limit(
    'LIMIT_IMPORT_EVENT_KEYS',
    1000,
    'Keys of an event over all its levels; an order of a hundred lines has fewer.',
  ),
  importEventDepth: limit('LIMIT_IMPORT_EVENT_DEPTH', 16, 'Events nest six levels at most.'),
  importWaiting: limit(
    'LIMIT_IMPORT_WAITING',
    1_000_000,
    'Events of a brand that wait at a time; who has more sends them as fast as they are recorded.',
  ),
  importSet: limit(
    'LIMIT_IMPORT_SET',
    100,
    'Events of an import that are recorded together, between those of others.',
  ),
  importOpenHours: limit(
    'LIMIT_IMPORT_OPEN_HOURS',
    24,
    'An import takes more for a day after it was last given any; a later one is another.',
  ),
  importRefusalDays: limit(
    'LIMIT_IMPORT_REFUSAL_DAYS',
    7,
    'A refused event can be looked at for a week; then its place and its code remain.',
  ),
  backfillDays: limit(
    'LIMIT_BACKFILL_DAYS',
    3653,
    'Ten years: what lies further back says nothing of a customer of today.',
  ),
  eventMappings: limit(
    'LIMIT_EVENT_MAPPINGS',
    50,
    'Mappings a brand keeps: one for each of its sources.',
  ),
  mappingRules: limit(
    'LIMIT_MAPPING_RULES',
    200,
    'Kinds of events one source sends; each event is held against them in turn.',
  ),
  mappingPath: limit('LIMIT_MAPPING_PATH', 8, 'Keys on the way to a field of an event.'),
} as const satisfies Record<string, LimitSetting>;
