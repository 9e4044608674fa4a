import { ConfigError, loadConfig } from '../../src/platform/config';
import { limitSettings } from '../../src/platform/limits';

const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://mu@db.test/mu',
  PLATFORM_KEY: 'a-platform-key-of-some-length',
  ROUTER_SECRET: 'a-router-secret-of-some-length',
  TOKEN_SECRET: 'a-token-secret-of-some-length',
};

describe('The configuration', () => {
  it('needs nothing for development and has demo keys there', () => {
    expect(loadConfig({})).toMatchObject({
      environment: 'development',
      port: 4000,
      developerTools: true,
    });
  });

  it('listens to its own machine alone unless it is told where (G5)', () => {
    expect(loadConfig({}).host).toBe('127.0.0.1');
    expect(loadConfig(production).host).toBe('127.0.0.1');
    expect(loadConfig({ ...production, HOST: '0.0.0.0' }).host).toBe('0.0.0.0');
  });

  it('refuses a misspelt production instead of coming up with demo keys', () => {
    for (const name of ['prod', 'Production', 'PRODUCTION', 'producton']) {
      expect(() => loadConfig({ NODE_ENV: name })).toThrow(ConfigError);
    }
    expect(loadConfig({ NODE_ENV: 'staging' }).environment).toBe('development');
  });

  it.each(['DATABASE_URL', 'PLATFORM_KEY', 'ROUTER_SECRET', 'TOKEN_SECRET'])(
    'refuses production without %s and names it',
    (name) => {
      expect(loadConfig(production).developerTools).toBe(false);
      expect(() => loadConfig({ ...production, [name]: '' })).toThrow(
        `${name}: required in production`,
      );
    },
  );

  it('takes every limit from its variable and refuses one that is no whole number', () => {
    for (const [name, { variable }] of Object.entries(limitSettings)) {
      expect(loadConfig({ [variable]: '7' }).limits).toMatchObject({ [name]: 7 });
      expect(() => loadConfig({ [variable]: '1.5' })).toThrow(variable);
      expect(() => loadConfig({ [variable]: 'many' })).toThrow(variable);
    }
  });

  it('takes standbys by commas, and refuses what is none or stands by nothing', () => {
    const two = 'postgres://a@one.test/mu, postgresql://a@two.test/mu,';
    const config = loadConfig({ ...production, DATABASE_REPLICA_URLS: two });
    expect(config.databaseReplicaUrls).toEqual(
      two
        .split(',')
        .slice(0, 2)
        .map((url) => url.trim()),
    );
    expect(loadConfig({}).databaseReplicaUrls).toEqual([]);
    for (const url of ['one.test', 'mysql://one.test/mu', 'postgres://one.test:x/mu']) {
      const given = { ...production, DATABASE_REPLICA_URLS: `postgres://a@b/c,${url}` };
      expect(() => loadConfig(given)).toThrow('DATABASE_REPLICA_URLS: must be addresses');
    }
    expect(() => loadConfig({ DATABASE_REPLICA_URLS: two })).toThrow(
      'DATABASE_REPLICA_URLS: needs DATABASE_URL',
    );
  });

  it('lets webhooks go to private addresses on request, and never in production', () => {
    expect(loadConfig({}).webhooksAllowPrivate).toBe(false);
    expect(loadConfig({ WEBHOOKS_ALLOW_PRIVATE: 'on' }).webhooksAllowPrivate).toBe(true);
    expect(loadConfig(production).webhooksAllowPrivate).toBe(false);
    expect(() => loadConfig({ ...production, WEBHOOKS_ALLOW_PRIVATE: 'on' })).toThrow(
      'WEBHOOKS_ALLOW_PRIVATE: must be off in production',
    );
  });

  it('leaves decay off unless told, and refuses one without notice or of more than all', () => {
    const usual = { silentDays: 0, percentPerMonth: 5, noticeDays: 30 };
    expect(loadConfig(production).decay).toEqual(usual);
    expect(loadConfig({ DECAY_SILENT_DAYS: '180' }).decay).toEqual({ ...usual, silentDays: 180 });
    for (const [name, least, most] of [
      ['DECAY_SILENT_DAYS', 0, 3650],
      ['DECAY_PERCENT_PER_MONTH', 1, 100],
      ['DECAY_NOTICE_DAYS', 1, 3650],
    ] as const) {
      for (const right of [least, most]) {
        expect(Object.values(loadConfig({ [name]: String(right) }).decay)).toContain(right);
      }
      for (const wrong of [least - 1, most + 1, 1.5, 'some']) {
        expect(() => loadConfig({ [name]: String(wrong) })).toThrow(name);
      }
    }
  });

  it('never repeats a secret in its complaints', () => {
    const canary = 'shortcanary';
    expect(() => loadConfig({ PLATFORM_KEY: canary })).toThrow(/^(?!.*shortcanary).*PLATFORM_KEY/);
  });
});
