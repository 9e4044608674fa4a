import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { brandBySlugLoader, type BrandEntity } from '../../brands';
import {
  claimId,
  codeByTextLoader,
  scanOf,
  type ClaimAnswer,
  type QrCodeEntity,
} from '../../claims';
import { allowedDestination } from '../../message-view';
import { deviceOf, newDevice, setDevice } from './device-cookie';
import type { MailEdge } from './mail-edge';
import { landingPage } from './qr-page';

const noCode = 'There is no such code.\n';
const looksLikeSlug = /^[a-z0-9-]{1,63}$/;

interface Landing {
  Params: { brand: string; code: string };
}

interface Printed {
  brand: BrandEntity;
  code: QrCodeEntity;
}

/**
 * `GET /q/<brand>/<code>`: what a printed code says. Opens a claim, one for each device, and leads on to
 * the code's page with the claim's id, as long as the brand lets links lead there; else it shows the id
 * itself. To ask with HEAD opens nothing. Everything that is no code is one same answer.
 */
export function qrLandingRoute(scope: FastifyInstance, edge: MailEdge): void {
  const isSafe = () => edge.publicUrl.startsWith('https:');
  scope.route<Landing>({
    method: ['GET', 'HEAD'],
    url: '/q/:brand/:code',
    handler: async (request, reply) => {
      edge.admit(request);
      const printed = await findPrinted(edge, request);
      if (printed === null) return refuse(reply);
      if (request.method === 'HEAD') return lead(reply, printed, null);
      edge.admitTo(printed.code.uuid, request);
      const known = deviceOf(request.headers.cookie);
      const device = known ?? newDevice();
      const scan = scanOf(printed.code, device);
      const { answer } = await edge.service.commands.submit<ClaimAnswer>(scan);
      if (answer.claim === undefined) return refuse(reply);
      if (known === null) setDevice(reply, device, isSafe());
      const { id, expires_at: expiresAt } = answer.claim;
      return lead(reply, printed, { id: claimId.encode(id), expiresAt: new Date(expiresAt) });
    },
  });
}

async function findPrinted(
  edge: MailEdge,
  request: FastifyRequest<Landing>,
): Promise<Printed | null> {
  const { brand: slug, code: text } = request.params;
  if (!looksLikeSlug.test(slug)) return null;
  const brand = await edge.readingAs({ kind: 'platform' }, request, (context) =>
    brandBySlugLoader(context).load(slug),
  );
  if (brand === null) return null;
  const code = await edge.reading(brand.uuid, request, (context) =>
    codeByTextLoader(context).load(text),
  );
  return code === null ? null : { brand, code };
}

/** Leads to the code's page, or shows one of our own. */
function lead(
  reply: FastifyReply,
  { brand, code }: Printed,
  claim: { id: string; expiresAt: Date } | null,
): FastifyReply {
  const destination = allowedDestination(code.landingUrl ?? '', brand.linkOrigins ?? []);
  if (destination === null) {
    const page = claim === null ? '' : landingPage(brand.name, code.name, claim);
    return reply.type('text/html; charset=utf-8').send(page);
  }
  const url = new URL(destination);
  if (claim !== null) url.searchParams.set('claim', claim.id);
  return reply.code(302).header('location', url.href).send();
}

function refuse(reply: FastifyReply): FastifyReply {
  return reply.code(404).type('text/plain; charset=utf-8').send(noCode);
}
