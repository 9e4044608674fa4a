import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route is there for WebSockets alone, so that its method is none of the path's. */
    socketsOnly?: boolean;
  }
}

/** Knows which methods each path takes, so that a wrong method is told apart from a wrong path. */
export class RouteTable {
  private readonly routes: { path: string[]; methods: Set<string> }[] = [];

  constructor(app: FastifyInstance) {
    app.addHook('onRoute', ({ url, method, config }) => {
      if (url === '*' || config?.socketsOnly === true) return;
      const methods = new Set(Array.isArray(method) ? method : [method]);
      this.routes.push({ path: url.split('/'), methods });
    });
  }

  /** The methods of a path, for `Allow`; empty for a path nobody serves. */
  methodsOf(url: string): string[] {
    const parts = (url.split('?', 1)[0] as string).split('/');
    const matching = this.routes.filter(
      ({ path }) =>
        path.length === parts.length &&
        path.every((part, at) => part === parts[at] || part.startsWith(':')),
    );
    return [...new Set(matching.flatMap(({ methods }) => [...methods]))].sort();
  }
}
