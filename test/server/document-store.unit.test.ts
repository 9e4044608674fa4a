import { parse } from 'graphql';
import { DocumentStore } from '../../src/server/document-store';

const documentOf = (length: number) => parse('{ a }'.padEnd(length));

it('The document store holds as many documents as there are plans, and lets the oldest go', async () => {
  const store = new DocumentStore({ plans: 3 });
  for (const key of ['a', 'b', 'c']) await store.set(key, documentOf(5));
  expect(store.size).toBe(3);
  expect(await store.get('a')).toBeDefined();
  await store.set('d', documentOf(5));
  expect(store.size).toBe(3);
  expect(await store.get('b')).toBeUndefined();
  expect(await store.get('a')).toBeDefined();
});

it('The document store holds a megabyte of text and not a letter more', async () => {
  const half = 512 * 1024 - 1;
  const store = new DocumentStore({ plans: 1000 });
  await store.set('a', documentOf(half));
  await store.set('b', documentOf(half));
  expect(store.size).toBe(2);
  await store.set('b', documentOf(half + 1));
  expect(store.size).toBe(1);
  await store.set('c', documentOf(2 * half + 2));
  expect(await store.get('c')).toBeUndefined();
});

it('What the document store is told to forget is gone', async () => {
  const store = new DocumentStore({ plans: 3 });
  await store.set('a', documentOf(5));
  expect(await store.delete('a')).toBe(true);
  expect(await store.get('a')).toBeUndefined();
});
