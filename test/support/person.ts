import { Wallet } from 'ethers';

export interface Answer<T = unknown> {
  status: number;
  body: T;
}

/** Somebody at the center's REST API, with a session of their own. */
export class Person {
  readonly wallet = Wallet.createRandom();
  private cookie = '';

  constructor(readonly url: string) {}

  /** Registers with an e-mail and password, and says where to be paid. */
  async register(name: string): Promise<this> {
    const email = `${name}@test.example`;
    await this.must('POST', '/auth/register', { email, password: 'correct horse', displayName: name });
    await this.must('PUT', '/me/payout-address', { address: this.wallet.address });
    return this;
  }

  async call<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const response = await fetch(`${this.url}/api${path}`, {
      method,
      headers: { cookie: this.cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie) this.cookie = cookie.split(';')[0]!;
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : null) as T };
  }

  /** Sends or fetches bytes as they are. */
  async raw(method: string, path: string, body?: Uint8Array): Promise<Answer<Buffer>> {
    const response = await fetch(`${this.url}/api${path}`, {
      method,
      headers: { cookie: this.cookie, ...(body ? { 'content-type': 'application/octet-stream' } : {}) },
      body: body as BodyInit | undefined,
    });
    return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
  }

  /** As `call`; anything but success throws. */
  async must<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.call<T>(method, path, body);
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async code(): Promise<string> {
    return (await this.must<{ code: string }>('POST', '/nodes/codes')).code;
  }

  /** EIP-4361 text for this wallet, as the portal writes it. */
  message(nonce: string, changes: { host?: string; issuedAt?: Date; address?: string } = {}): string {
    const { host = new URL(this.url).host, issuedAt = new Date(), address = this.wallet.address } = changes;
    return [
      `${host} wants you to sign in with your Ethereum account:`,
      address,
      '',
      'Sign in to Croft.',
      '',
      `URI: http://${host}`,
      'Version: 1',
      'Chain ID: 31337',
      `Nonce: ${nonce}`,
      `Issued At: ${issuedAt.toISOString()}`,
    ].join('\n');
  }
}
