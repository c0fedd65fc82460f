import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { CenterConfig } from '../config.js';

type Options = NonNullable<Parameters<IoAdapter['createIOServer']>[1]>;

/** A connection whose node does not echo a ping for so long is gone. */
const PING_TIMEOUT_MS = 20_000;

/** Socket.IO as the center wants it: it pings its nodes itself, which is how it knows that they are there. */
export class NodeAdapter extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly config: CenterConfig,
  ) {
    super(app);
  }

  override createIOServer(port: number, options: Options) {
    const pingInterval = this.config.NODE_PING_SECONDS * 1000;
    return super.createIOServer(port, { ...options, pingInterval, pingTimeout: PING_TIMEOUT_MS });
  }
}
