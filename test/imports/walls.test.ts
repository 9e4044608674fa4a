import { Lab } from '../experiments/lab';
import { codesOf, send } from '../referrals/friends';
import { eraseAs, exportAs, tablesWith } from '../privacy/people';
import { type Data } from '../support/test-service';
import { bring, call, imported, mapping, person, standingOf, track, work } from './desk';

let lab: Lab;
let other: Lab;

beforeAll(async () => {
  lab = await Lab.open('first', { limits: { importEvents: 5, mappingRules: 6, eventMappings: 2 } });
  other = await lab.beside('second');
});

afterAll(() => lab.t.close());

const asBrand = async (of: Lab, file: string, input: Data): Promise<string[]> =>
  codesOf(await send(of.t, of.brand.apiKey, file, input));

describe('Two brands', () => {
  it('know nothing of each other’s imports, mappings and ids of events', async () => {
    const event = track('Email Opened', 'w-1');
    const mine = await imported(lab, [event]);
    expect(await imported(other, [event])).toMatchObject({ recorded: 1, duplicates: 0 });
    expect(await standingOf(lab, mine['id'] as string, other.brand.apiKey)).toEqual({});
    await lab.do('upsert-event-mapping', { key: 'mine', mapping });
    const events = [track('Email Opened', 'w-1')];
    const foreign = { events, mappingKey: 'mine' };
    expect(await asBrand(other, 'import-events', foreign)).toEqual(['NOT_FOUND']);
    const into = { events, importJob: mine['id'] as string };
    expect(await asBrand(other, 'import-events', into)).toEqual(['NOT_FOUND']);
    const lists = '{ brand { importJobs { nodes { id } } eventMappings { nodes { key } } } }';
    const { brand } = await other.read(lists);
    expect(brand.eventMappings.nodes).toEqual([]);
    const ids = (brand.importJobs.nodes as Data[]).map(({ id }) => id as string);
    expect(ids).not.toContain(mine['id']);
    expect(ids).toHaveLength(1);
  });

  it('need a key that may tell of customers beside attention', async () => {
    const { secret } = await lab.do('create-api-key', { name: 'narrow', scopes: ['ATTENTION'] });
    const sent = send(lab.t, secret as string, 'import-events', {
      mapping,
      events: [track('Email Opened', 'w-1')],
    });
    await expect(sent).rejects.toThrow('may not run this');
  });
});

describe('Somebody who is erased', () => {
  const words = ['canary-import@mail.in', 'canary-import-id'];
  const canary = (said: Data = {}): Data =>
    call('track', {
      event: 'Email Opened',
      userId: 'canary-import-id',
      context: { traits: { email: 'Canary-Import@mail.in' } },
      ...said,
    });

  it('is gone from what waits and from what was refused, of this brand alone', async () => {
    for (const one of [lab, other]) {
      await imported(one, [canary(), canary({ timestamp: '2020-01-01T00:00:00Z' })]);
      // One that only mentions them, and one that cannot be assigned to anybody.
      await imported(one, [
        call('track', { event: 'Unknown', properties: { friend: 'canary-import@mail.in' } }),
        canary({ event: 'Unknown' }),
      ]);
    }
    for (const one of [lab, other]) {
      await bring(one, [canary({ userId: undefined }), canary(), track('Email Opened', 'w-2')]);
    }
    const exported = await exportAs(lab.t, lab.brand.apiKey, { externalId: 'canary-import-id' });
    const refused = exported?.filter(({ table }) => table === 'import_refusals') ?? [];
    expect(refused).toHaveLength(2);
    await eraseAs(lab.t, lab.brand.apiKey, { externalId: 'canary-import-id' });
    const waiting = await lab.t.database.query<{ brand: string; count: string }>(
      `SELECT b.slug AS brand, count(*) FROM import_rows r JOIN brands b ON b.id = r.brand_id
       GROUP BY 1 ORDER BY 1`,
    );
    expect(waiting).toEqual([
      { brand: 'first', count: '1' },
      { brand: 'second', count: '3' },
    ]);
    await work(lab);
    expect(await person(lab, 'canary-import-id')).toBeNull();
    expect((await person(other, 'canary-import-id'))?.['attention'].nodes).toHaveLength(3);
    await eraseAs(lab.t, other.brand.apiKey, { externalId: 'canary-import-id' });
    expect(await tablesWith(lab.t, words)).toEqual({});
    const { brand } = await lab.read('{ brand { importJobs { nodes { status refused } } } }');
    expect((brand.importJobs.nodes as Data[]).every(({ status }) => status === 'DONE')).toBe(true);
    expect((brand.importJobs.nodes as Data[]).map(({ refused: n }) => n as number)).toContain(2);
  });

  it('is forgotten of refused events after some days in any case', async () => {
    const done = await imported(lab, [track('Nothing', 'w-3')]);
    expect(done['refusals'][0].event).toMatchObject({ userId: 'w-3' });
    lab.t.clock.offsetMs += lab.t.service.config.limits.importRefusalDays * 86_400_000 + 60_000;
    await work(lab);
    const after = await standingOf(lab, done['id'] as string);
    expect(after['refusals']).toMatchObject([{ index: 0, code: 'NOT_FOUND', event: null }]);
    lab.t.clock.offsetMs = 0;
  });
});

describe('The limits of an import', () => {
  const events = (count: number): Data[] =>
    Array.from({ length: count }, () => track('Email Opened', 'w-4'));

  it('are so many events a call, and not one more', async () => {
    expect(await asBrand(lab, 'import-events', { mapping, events: events(5) })).toEqual([]);
    const codes = await asBrand(lab, 'import-events', { mapping, events: events(6) });
    expect(codes).toEqual(['LIMIT_EXCEEDED']);
    expect(await asBrand(lab, 'import-events', { mapping, events: [] })).toEqual(['INVALID_VALUE']);
  });

  it('are so large, so deep and so many-keyed an event', async () => {
    const { importEventBytes, importEventDepth, importEventKeys } = lab.t.service.config.limits;
    const sized = (bytes: number): Data => {
      const event = track('Email Opened', 'w-4', { properties: { pad: '' } });
      const rest = bytes - Buffer.byteLength(JSON.stringify(event));
      return { ...event, properties: { pad: 'x'.repeat(rest) } };
    };
    const deep = (levels: number): Data => {
      let properties: Data = {};
      // The event is the first level.
      for (let level = 2; level < levels; level += 1) properties = { a: properties };
      return track('Email Opened', 'w-4', { properties });
    };
    const keyed = (keys: number): Data => {
      const event = track('Email Opened', 'w-4');
      const own = JSON.stringify(event).match(/"[^"]+":/g)?.length ?? 0;
      const names = Array.from({ length: keys - own }, (_, at) => [`k${at}`, 1] as const);
      return { ...event, properties: Object.fromEntries(names) };
    };
    const fits = [sized(importEventBytes), deep(importEventDepth), keyed(importEventKeys)];
    expect(await imported(lab, fits)).toMatchObject({ recorded: 3, refused: 0 });
    const over = [
      sized(importEventBytes + 1),
      deep(importEventDepth + 1),
      keyed(importEventKeys + 1),
    ];
    const refused = await imported(lab, over);
    expect(refused).toMatchObject({ recorded: 0, refused: 3 });
    const codes = (refused['refusals'] as Data[]).map(({ code, event }) => [code, event]);
    expect(codes).toEqual(Array(3).fill(['LIMIT_EXCEEDED', null]));
  });

  it('are so many rules, and paths so long', async () => {
    const rule = { type: 'PAGE', becomes: { nothing: true } };
    const most = lab.t.service.config.limits.mappingPath;
    const path = (keys: number): string[] => Array.from({ length: keys }, () => 'a');
    const keep = (rules: number, keys: number) =>
      asBrand(lab, 'upsert-event-mapping', {
        key: 'limits',
        mapping: {
          customer: [{ kind: 'EMAIL', path: path(keys) }],
          rules: Array.from({ length: rules }, () => rule),
        },
      });
    expect(await keep(6, most)).toEqual([]);
    expect(await keep(7, most)).toEqual(['LIMIT_EXCEEDED']);
    expect(await keep(6, most + 1)).toEqual(['LIMIT_EXCEEDED']);
  });

  it('are so many mappings, of which those there are may change', async () => {
    const keep = (key: string) => asBrand(other, 'upsert-event-mapping', { key, mapping });
    expect([await keep('one'), await keep('two')]).toEqual([[], []]);
    expect(await keep('three')).toEqual(['LIMIT_EXCEEDED']);
    expect(await keep('two')).toEqual([]);
  });

  it('are a day without new events, after which an import takes no more', async () => {
    const { importJob } = await bring(lab, events(1));
    const hours = lab.t.service.config.limits.importOpenHours;
    const more = () =>
      asBrand(lab, 'import-events', { importJob: importJob['id'] as string, events: events(1) });
    lab.t.clock.offsetMs = hours * 3_600_000 - 60_000;
    expect(await more()).toEqual([]);
    lab.t.clock.offsetMs = 2 * hours * 3_600_000;
    expect(await more()).toEqual(['ALREADY_RESOLVED']);
    lab.t.clock.offsetMs = 0;
  });

  it('are so many events that wait, and more when some are recorded', async () => {
    const { limits } = lab.t.service.config;
    const most = limits.importWaiting;
    await work(lab);
    limits.importWaiting = 4;
    const send = (count: number) =>
      asBrand(lab, 'import-events', { mapping, events: events(count) });
    expect(await send(3)).toEqual([]);
    expect(await send(2)).toEqual(['LIMIT_EXCEEDED']);
    expect(await send(1)).toEqual([]);
    await work(lab);
    expect(await send(4)).toEqual([]);
    await work(lab);
    limits.importWaiting = most;
  });

  it('are one way to say what events mean', async () => {
    const importJob = (await bring(lab, events(1)))['importJob'].id as string;
    const wrong = [
      { events: events(1) },
      { events: events(1), mapping, mappingKey: 'mine' },
      { events: events(1), importJob, mapping },
      { events: events(1), importJob, backfill: true },
      { events: events(1), mapping: { ...mapping, customer: [] } },
      { events: events(1), mapping: { ...mapping, rules: [] } },
    ];
    for (const input of wrong) {
      expect(await asBrand(lab, 'import-events', input)).toEqual(['INVALID_VALUE']);
    }
  });
});
