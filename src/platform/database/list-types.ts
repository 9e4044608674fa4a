/** Types of lists that have a binary form here, by the names our statements cast to. */
const oids = {
  uuid: 2950,
  text: 25,
  bigint: 20,
  integer: 23,
  smallint: 21,
  boolean: 16,
  timestamptz: 1184,
  float8: 701,
  json: 114,
  jsonb: 3802,
  bytea: 17,
} as const;

/** The type of a list's elements. */
export type ListType = keyof typeof oids;

/** The number PostgreSQL knows a type by. */
export function oidOf(type: ListType): number {
  return oids[type];
}

type ListTypes = readonly (ListType | undefined)[];

const casts = /\$(\d+)::([a-z0-9]+)(\[\])?/g;
/** Texts are constants of the code and forms of them; what comes beyond is sent as text. */
const mostTexts = 5000;
const known = new Map<string, ListTypes>();
const none: ListTypes = [];

/** What a statement casts its parameters to, by their position; nothing for what is no list of a type above. */
export function listTypesOf(text: string): ListTypes {
  let types = known.get(text);
  if (types === undefined) {
    if (known.size >= mostTexts) return none;
    types = readTypes(text);
    known.set(text, types);
  }
  return types;
}

function readTypes(text: string): ListTypes {
  const found = new Map<number, string>();
  for (const [, place, name, list] of text.matchAll(casts)) {
    const at = Number(place) - 1;
    const type = list === undefined ? '' : (name as string);
    // One that is cast in two ways has a type that only PostgreSQL knows.
    found.set(at, found.has(at) && found.get(at) !== type ? '' : type);
  }
  const types: (ListType | undefined)[] = [];
  for (const [at, type] of found) {
    if (Object.hasOwn(oids, type)) types[at] = type as ListType;
  }
  return types;
}
