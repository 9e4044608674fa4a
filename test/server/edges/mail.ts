import { mailRoutes } from '../../../src/server/edges/mail-routes';
import { newMail, newMailer, viewOf } from '../../message-view/mail';
import { startHttpService, type Answer, type HttpService } from '../../support/http-service';
import type { Data, TestBrand, TestServiceOptions } from '../../support/test-service';
import { messageId as messageKind } from '../../../src/messages';
import type { Log } from '../../../src/platform/log';

export const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Thunderbird/133.0';
export const imageProxy =
  'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)';
export const sender = 'offers@shop.example';

/** The links of a mail to Asha, as paths. */
export interface MailLinks {
  messageId: string;
  pixel: string;
  footer: string;
  click: string;
  form: string;
}

/** A service on a port, with a brand that has sent Asha a mail. */
export interface Mailed {
  t: HttpService;
  brand: TestBrand;
  /** Sends Asha another mail. */
  mail(input?: Record<string, unknown>, view?: Record<string, unknown>): Promise<MailLinks>;
  get(path: string, agent?: string, init?: RequestInit): Promise<Answer>;
  /** Posts a form as the proxy of a mail client would. */
  post(path: string, fields: Record<string, string>, headers?: object): Promise<Answer>;
  /** Asha's balance with the brand. */
  balance(): Promise<number>;
  /** What is stored of a message, oldest first. */
  events(messageId: string): Promise<Data[]>;
}

export async function startMailed(
  options: TestServiceOptions & { log?: Log } = {},
): Promise<Mailed> {
  const t = await startHttpService({ ...options, routes: [mailRoutes] });
  const brand = await newMailer(t, 'tripkart');
  const get: Mailed['get'] = (path, agent = browser, init = {}) =>
    t.fetch(path, { redirect: 'manual', headers: { 'user-agent': agent }, ...init });
  return {
    t,
    brand,
    get,
    mail: async (input, view) => linksOf(t, brand, await newMail(t, brand, input), view),
    post: (path, fields, headers = { 'amp-email-sender': sender }) =>
      t.fetch(path, {
        method: 'POST',
        body: new URLSearchParams(fields).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      }),
    async balance() {
      const document = '{ customer(by: { externalId: "asha" }) { wallet { balance } } }';
      const { data } = await t.run(document, {}, brand.apiKey);
      return data['customer'].wallet.balance as number;
    },
    events: (messageId) =>
      t.database.query(
        `SELECT action, machine, confidence, duplicate, channel, properties FROM attention_events
         WHERE message_id = $1 ORDER BY recorded_at, id`,
        [messageKind.decode(messageId)],
      ),
  };
}

export async function linksOf(
  t: HttpService,
  brand: TestBrand,
  messageId: string,
  view: Record<string, unknown> = {},
): Promise<MailLinks> {
  const shown = await viewOf(t, brand, messageId, { action: 'SURVEY', ...view });
  const pathOf = (url: string) => url.slice(t.url.length);
  return {
    messageId,
    pixel: pathOf(shown['pixelUrl']),
    footer: pathOf(shown['footerUrl']),
    click: pathOf(shown['clickUrl']),
    form: pathOf(shown['ampUrl']),
  };
}
