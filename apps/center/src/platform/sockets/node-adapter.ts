import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { MessageMappingProperties } from '@nestjs/websockets';
import { lastValueFrom, type Observable } from 'rxjs';
import type { CenterConfig } from '../config.js';
import { Turnstile } from './turnstile.js';

type Client = Parameters<IoAdapter['bindMessageHandlers']>[0];
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
    const allowRequest = inTurn(new Turnstile());
    return super.createIOServer(port, {
      ...options,
      pingInterval,
      pingTimeout: PING_TIMEOUT_MS,
      allowRequest,
    });
  }

  /**
   * One listener for each event. Nest's own has a chain of observables for each event and connection, which takes more
   * memory than all else that a connection has.
   */
  override bindMessageHandlers(
    socket: Client,
    handlers: MessageMappingProperties[],
    transform: (result: unknown) => Observable<unknown>,
  ): void {
    for (const { message, callback } of handlers) {
      socket.on(message, async (...heard: unknown[]) => {
        const { data, ack } = this.mapPayload(heard.length === 1 ? heard[0] : heard);
        try {
          const answer = await lastValueFrom(transform(callback(data, ack)));
          ack?.(answer);
        } catch (error) {
          this.logger.error(error);
        }
      });
    }
  }
}

/** A request to connect waits for its turn. */
function inTurn(turnstile: Turnstile): NonNullable<Options['allowRequest']> {
  return ({ socket }, answer) => {
    // nobody else listens to a socket that waits, and what nobody hears would end the process
    const hungUp = () => {};
    socket.on('error', hungUp);
    const admit = (admitted: boolean) => {
      socket.off('error', hungUp);
      answer(null, admitted);
    };
    turnstile.enter(admit, () => socket.destroyed);
  };
}
