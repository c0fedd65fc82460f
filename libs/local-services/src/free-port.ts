import { createServer } from 'node:net';

/** A TCP port on 127.0.0.1 that nobody listens on at this moment, chosen by the system. */
export function freePort(): Promise<number> {
  return probe(0).then((port) => {
    if (port === null) throw new Error('the system gave no free port');
    return port;
  });
}

/** Whether `port` (1-65535) can be listened on at 127.0.0.1 now. */
export async function portIsFree(port: number): Promise<boolean> {
  return (await probe(port)) !== null;
}

function probe(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.unref();
    server.once('error', () => resolve(null));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === 'object' ? address.port : null));
    });
  });
}
