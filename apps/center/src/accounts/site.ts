import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { CroftError } from '#libs/protocol';
import { CENTER_CONFIG, type CenterConfig } from '../platform/config.js';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/** Where this center is reached, as far as sign-ins are concerned. */
@Injectable()
export class Site {
  private readonly url: URL | null;

  constructor(@Inject(CENTER_CONFIG) config: CenterConfig) {
    this.url = config.PUBLIC_URL ? new URL(config.PUBLIC_URL) : null;
  }

  /**
   * The host a wallet message must name: that of PUBLIC_URL. Whoever calls chooses the Host header, and a phishing
   * site would choose its own, so without PUBLIC_URL only loopback is believed. Errors: bad_wallet_message.
   */
  host(request: Request): string {
    if (this.url) return this.url.host;
    const host = request.get('host') ?? '';
    if (!LOOPBACK.test(host))
      throw new CroftError('bad_wallet_message', { problem: 'PUBLIC_URL is not set' });
    return host;
  }

  /** Whether cookies may travel over TLS only. */
  get secure(): boolean {
    return this.url?.protocol === 'https:';
  }
}
