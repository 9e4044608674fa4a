import { EventEmitter, on } from 'node:events';

/** Tells everybody who listens of what happens in this process. */
export class Topic<T> {
  private readonly emitter = new EventEmitter().setMaxListeners(0);

  tell(event: T): void {
    this.emitter.emit('event', event);
  }

  /** What is told from now on, as the field `name` of a subscription, until its listener leaves. */
  listen<Name extends string>(name: Name): AsyncIterableIterator<Record<Name, T>> {
    const events = on(this.emitter, 'event') as AsyncIterableIterator<[T]>;
    const over = { value: undefined, done: true } as const;
    const iterator: AsyncIterableIterator<Record<Name, T>> = {
      async next() {
        const { value, done } = await events.next();
        if (done === true) return over;
        return { value: { [name]: value[0] } as Record<Name, T>, done: false };
      },
      async return() {
        await events.return?.();
        return over;
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }
}
