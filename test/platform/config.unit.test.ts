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

  it('lets webhooks go to private addresses on request, and never in production', () => {
    expect(loadConfig({}).webhooksAllowPrivate).toBe(false);
    expect(loadConfig({ WEBHOOKS_ALLOW_PRIVATE: 'on' }).webhooksAllowPrivate).toBe(true);
    expect(loadConfig(production).webhooksAllowPrivate).toBe(false);
    expect(() => loadConfig({ ...production, WEBHOOKS_ALLOW_PRIVATE: 'on' })).toThrow(
      'WEBHOOKS_ALLOW_PRIVATE: must be off in production',
    );
  });

  it('never repeats a secret in its complaints', () => {
    const canary = 'shortcanary';
    expect(() => loadConfig({ PLATFORM_KEY: canary })).toThrow(/^(?!.*shortcanary).*PLATFORM_KEY/);
  });
});
