import 'reflect-metadata';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { features, topics } from '../../src/server/features';
import { blocks, readPage, root, tableRows } from './markdown';

/** Topics that are written where something is announced: dotted names in the source, after `topic:`. */
function announcedTopics(): string[] {
  const files = readdirSync(join(root, 'src'), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.ts'));
  const found = files.flatMap((name) => {
    const source = readFileSync(join(root, 'src', name), 'utf8');
    return [...source.matchAll(/\btopic: ([^;{}]*?)[,\n}]/g)].flatMap(([, value = '']) =>
      [...value.matchAll(/'([a-z]+(?:\.[a-z_]+)+)'/g)].map(([, topic = '']) => topic),
    );
  });
  return [...new Set(found)];
}

describe('The topics', () => {
  it('that are announced are all declared by a feature', () => {
    const announced = announcedTopics();
    expect(announced).toContain('mu.granted');
    expect(announced.filter((topic) => !(topic in topics))).toEqual([]);
  });

  it('are each declared by one feature, with a sentence', () => {
    const declared = features.flatMap((feature) => Object.keys(feature.topics ?? {}));
    expect(new Set(declared).size).toBe(declared.length);
    for (const [name, sentence] of Object.entries(topics)) {
      expect([name, /^[a-z]+(\.[a-z_]+)+$/.test(name), /^[A-Z].*\.$/.test(sentence)]).toEqual([
        name,
        true,
        true,
      ]);
    }
  });

  it('are all documented, and nothing else is', () => {
    const rows = tableRows(readPage('docs/topics.md'), 'topic');
    const documented = rows.map(([name = '']) => name.replaceAll('`', ''));
    expect(documented).toEqual(Object.keys(topics).sort());
  });
});

describe('docs/webhooks-out.md', () => {
  it('runs operations that are shipped', () => {
    const shipped = readdirSync(join(root, 'schema/operations')).map((name) =>
      readFileSync(join(root, 'schema/operations', name), 'utf8'),
    );
    const shown = blocks(readPage('docs/webhooks-out.md'), 'graphql');
    expect(shown).toHaveLength(2);
    for (const operation of shown) expect(shipped).toContain(operation);
  });
});
