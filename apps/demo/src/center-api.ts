import { patiently, Unreachable } from './patience.js';

/**
 * The center's REST API as one signed-in person uses it. What may be repeated waits for a center that is just
 * starting again; `post` throws Unreachable and leaves that to the caller.
 */
export class CenterApi {
  private cookie = '';

  constructor(private readonly url: string) {}

  async signIn(email: string, password: string): Promise<void> {
    await patiently(() => this.call('POST', '/auth/password', { email, password }));
  }

  get<T>(path: string): Promise<T> {
    return patiently(() => this.call<T>('GET', path));
  }

  post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.call<T>('POST', path, body);
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return patiently(() => this.call<T>('PUT', path, body));
  }

  /** What is no JSON. */
  bytes(path: string): Promise<Uint8Array> {
    return patiently(async () => {
      const { response, bytes } = await this.reach('GET', path);
      if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
      return bytes;
    });
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { response, bytes } = await this.reach(method, path, body);
    const text = bytes.toString();
    const [cookie] = response.headers.getSetCookie();
    if (cookie) this.cookie = cookie.split(';')[0]!;
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  private reach(method: string, path: string, body?: unknown) {
    return this.send(method, path, body).catch((cause) => {
      throw new Unreachable(`${method} ${path}: ${cause}`, { cause });
    });
  }

  private async send(method: string, path: string, body: unknown) {
    const response = await fetch(`${this.url}/api${path}`, {
      method,
      headers: { cookie: this.cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
      body: body ? JSON.stringify(body) : undefined,
      signal: AbortSignal.timeout(20_000),
    });
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  }
}
