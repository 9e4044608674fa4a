import type { Caller } from '../../platform/auth/caller';
import { RequestError, UnavailableError } from '../../platform/errors';
import type { Limits } from '../../platform/limits';

/** Counts open subscriptions, of a process and of each caller, and refuses one more than the limits. */
export class LiveCount {
  open = 0;
  private readonly byCaller = new Map<string, number>();

  constructor(private readonly limits: Pick<Limits, 'liveOperations' | 'livePerCaller'>) {}

  /** Takes a place; answers what gives it back. Throws THROTTLED or UNAVAILABLE when there is none. */
  take(caller: Caller): () => void {
    const name = nameOf(caller);
    const own = this.byCaller.get(name) ?? 0;
    if (own >= this.limits.livePerCaller) throw new RequestError('THROTTLED');
    if (this.open >= this.limits.liveOperations) throw new UnavailableError('subscriptions');
    this.open += 1;
    this.byCaller.set(name, own + 1);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.open -= 1;
      const left = (this.byCaller.get(name) ?? 1) - 1;
      if (left === 0) this.byCaller.delete(name);
      else this.byCaller.set(name, left);
    };
  }
}

function nameOf(caller: Caller): string {
  if (caller.kind === 'brand') return caller.brandId;
  return caller.kind === 'customer' ? caller.customerId : caller.kind;
}
