import type { OperationTypeNode } from 'graphql';
import { positionHeader } from '../platform/database/standby/position';
import { forgetLoaded } from '../platform/graphql/loaders';
import type { Served } from './served';

/**
 * Runs an operation, where there are standbys with its reads at one of them: queries of clients only,
 * since a router may ask what belongs to a mutation it is in the midst of. When the standby goes away
 * under them, the whole operation runs once more at the primary, so that its answer stays of one moment.
 */
export async function readingWell<Answer>(
  context: Served,
  type: OperationTypeNode | `${OperationTypeNode}`,
  run: () => Promise<Answer>,
): Promise<Answer> {
  const { reads, caller, clientHeaders, served } = context;
  const mayLag = type === 'query' && served.endpoint === 'graphql';
  const course = reads.steer(caller, mayLag, clientHeaders?.[positionHeader]);
  const answer = await run();
  if (course?.forsaken !== true) return answer;
  course.stayAtPrimary();
  await reads.refresh();
  forgetLoaded(context);
  return run();
}
