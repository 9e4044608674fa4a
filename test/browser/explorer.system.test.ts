import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startToyServer, type ToyServer } from '../support/toy-server';

/** A browser of this machine; without one the tests are shown as skipped. */
function findChromium(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
}

const executablePath = findChromium();
const withBrowser = executablePath === undefined ? describe.skip : describe;

withBrowser('the explorer in a browser without internet', () => {
  let server: ToyServer;
  let browser: Browser;
  let page: Page;
  const asked: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    server = await startToyServer({ explorer: { headers: { authorization: 'Bearer developer' } } });
    browser = await chromium.launch({
      executablePath,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    page = await browser.newPage();
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${server.url}/graphql`);
    await page.getByRole('button', { name: /execute/i }).waitFor();
  });

  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  it('has a tab for every operation that is shipped', async () => {
    const shipped = readdirSync('schema/operations').filter((name) => name.endsWith('.graphql'));
    expect(await page.getByRole('tab').count()).toBeGreaterThanOrEqual(shipped.length);
  });

  it('has read the schema with the demo key and runs an operation with it', async () => {
    await page.getByRole('button', { name: /new tab/i }).click();
    await page.locator('.graphiql-query-editor .monaco-editor').click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText('{ me { name } }');
    await page.getByRole('button', { name: /execute/i }).click();
    await page.locator('.graphiql-response').getByText('person me').waitFor();
    await page.getByRole('button', { name: /show documentation/i }).click();
    const documented = page.getByText('ToyPerson').first();
    await documented.waitFor();
    expect(await documented.isVisible()).toBe(true);
  });

  it('has asked nobody else for anything and has nothing to complain about', () => {
    const elsewhere = asked.filter(
      (url) => !url.startsWith(server.url) && !/^(data|blob):/.test(url),
    );
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
