import type { FastifyInstance, FastifyReply } from 'fastify';
import { brandLoader } from '../../brands';
import { formOf } from '../../message-view';
import { RequestError } from '../../platform/errors';
import type { RecordAttentionAnswer } from '../../rewards';
import { ampHeaders } from './amp-sender';
import type { MailEdge } from './mail-edge';

/** What a form in a mail is told. */
interface FormAnswer {
  /** Whole Mu, as much of the balance as the brand may see. */
  balance: number;
  /** Mu that posting it paid, proven opens included. */
  granted: number;
  /** A wallet's state, for the words to show. */
  state: string;
}

/**
 * `POST /a/<token>`: a form inside an AMP mail. Its fields become properties of the event the link was
 * signed for. The same fields again get the first answer again.
 */
export function ampFormRoute(scope: FastifyInstance, edge: MailEdge): void {
  acceptForms(scope, edge.service.config.limits.formBytes);
  scope.route<{ Params: { token: string } }>({
    method: 'POST',
    url: '/a/:token',
    handler: async (request, reply) => {
      const link = edge.open('amp', request.params.token, request);
      if (link === null)
        throw new RequestError('BAD_REQUEST', 'Not the link of a form, or not any more.');
      const brand = await edge.reading(link.brandId, request, (context) =>
        brandLoader(context).load(link.brandId),
      );
      const headers = ampHeaders(request, brand?.ampSenders ?? []);
      if (headers === null)
        throw new RequestError('FORBIDDEN', 'The mail is not from a sender the brand has entered.');
      void reply.headers(headers);
      const fields = request.body as Record<string, unknown> | undefined;
      return answer(edge, reply, formOf(link, fields ?? {}));
    },
  });
}

async function answer(
  edge: MailEdge,
  reply: FastifyReply,
  command: ReturnType<typeof formOf>,
): Promise<FastifyReply> {
  const recorded = await edge.service.commands.submit<RecordAttentionAnswer>(command);
  const { wallet, grants = [], userErrors } = recorded.answer;
  if (wallet === undefined) {
    const [refusal] = userErrors;
    throw new RequestError('BAD_REQUEST', refusal?.message);
  }
  const granted = grants.reduce((sum, { amount }) => sum + amount, 0);
  const told: FormAnswer = { balance: wallet.balance, granted, state: wallet.state };
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(told));
}

/** Makes the routes of a scope take URL-encoded forms; a name that comes twice is a list. */
function acceptForms(scope: FastifyInstance, maxBytes: number): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser<string>(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: maxBytes },
    (_request, body, done) => done(null, fieldsOf(body)),
  );
  scope.addContentTypeParser('*', (_request, _payload, done) => {
    const wanted = 'Send the form as application/x-www-form-urlencoded.';
    done(new RequestError('UNSUPPORTED_MEDIA_TYPE', wanted), undefined);
  });
}

function fieldsOf(body: string): Record<string, unknown> {
  const fields = new URLSearchParams(body);
  return Object.fromEntries(
    [...new Set(fields.keys())].map((name) => {
      const values = fields.getAll(name);
      return [name, values.length > 1 ? values : values[0]];
    }),
  );
}
