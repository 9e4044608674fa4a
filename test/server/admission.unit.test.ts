import { Admission, type Strain } from '../../src/server/admission';
import { defaultLimits } from '../../src/platform/limits';
import { createLog } from '../../src/platform/log';

const limits = { ...defaultLimits, inFlight: 80, loopDelayMs: 250, heapPercent: 85 };
const log = createLog('silent');
const well: Strain = { loopDelayMs: 0, heapPercent: 20 };

describe('what a process takes in at a time', () => {
  let admission: Admission;
  beforeEach(() => (admission = new Admission(limits, log)));
  afterEach(() => admission.stop());

  /** How many it lets in before it turns the next away. */
  const letIn = (): number => {
    for (admission.open = 0; admission.open <= limits.inFlight; admission.open += 1) {
      try {
        admission.check();
      } catch (error) {
        expect(error).toMatchObject({ code: 'UNAVAILABLE', retryAfterSeconds: 1 });
        break;
      }
    }
    return admission.open;
  };

  it('is the limit while its loop turns within the limit, at n and n + 1', () => {
    admission.adjust({ ...well, loopDelayMs: 250 });
    expect(letIn()).toBe(80);
    admission.adjust({ ...well, loopDelayMs: 251 });
    expect(letIn()).toBe(79);
  });

  it('shrinks as much as its loop is late, down to an eighth', () => {
    admission.adjust({ ...well, loopDelayMs: 500 });
    expect(letIn()).toBe(40);
    admission.adjust({ ...well, loopDelayMs: 60_000 });
    expect(letIn()).toBe(10);
  });

  it('is halved while its heap is fuller than the limit, at n and n + 1', () => {
    admission.adjust({ ...well, heapPercent: 85 });
    expect(letIn()).toBe(80);
    admission.adjust({ ...well, heapPercent: 85.1 });
    expect(letIn()).toBe(40);
    admission.adjust({ ...well, heapPercent: 85.1 });
    expect(letIn()).toBe(20);
  });

  it('grows back to the limit and no further', () => {
    admission.adjust({ ...well, loopDelayMs: 60_000 });
    admission.adjust(well);
    expect(letIn()).toBe(12);
    for (let tick = 0; tick < 20; tick += 1) admission.adjust(well);
    expect(letIn()).toBe(80);
  });

  it('is never nothing', () => {
    const small = new Admission({ ...limits, inFlight: 1 }, log);
    small.stop();
    small.adjust({ ...well, loopDelayMs: 60_000 });
    expect(() => small.check()).not.toThrow();
  });
});
