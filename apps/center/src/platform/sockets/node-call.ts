import {
  applyDecorators,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  type PipeTransform,
  UseInterceptors,
} from '@nestjs/common';
import { WebSocketGateway } from '@nestjs/websockets';
import { catchError, map, type Observable, of } from 'rxjs';
import type { z } from 'zod';
import { type Ack, CroftError, limits, NODE_NAMESPACE } from '#libs/protocol';
import { toCroftError } from '../errors/error-mapping.js';
import { Log } from '../log.js';
import type { NodeSocket } from './node-sockets.js';

/** Calls a connection may make in any one second. */
const CALLS_PER_SECOND = 400;
const budgets = new WeakMap<NodeSocket, { second: number; calls: number }>();

/** Around every call of a node: who it is, how large, how often; answers `{ok, value}` or `{ok, error}`. */
@Injectable()
export class NodeCallInterceptor implements NestInterceptor {
  constructor(private readonly log: Log) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<Ack<unknown>> {
    try {
      const ws = context.switchToWs();
      admit(ws.getClient<NodeSocket>(), ws.getPattern(), ws.getData());
    } catch (error) {
      return of(this.refusal(error));
    }
    return next.handle().pipe(
      map((value): Ack<unknown> => ({ ok: true, value: value ?? null })),
      catchError((error: unknown) => of(this.refusal(error))),
    );
  }

  private refusal(thrown: unknown): Ack<never> {
    const error = toCroftError(thrown);
    if (error.code === 'internal') this.log.error('node call failed', error.cause ?? thrown);
    return { ok: false, error: error.toBody() };
  }
}

function admit(socket: NodeSocket, event: string, data: unknown) {
  if (event !== 'node:authenticate' && !socket.data.nodeId) throw new CroftError('unauthenticated');
  const second = Math.floor(Date.now() / 1000);
  const budget = budgets.get(socket);
  if (budget?.second !== second) budgets.set(socket, { second, calls: 1 });
  else if (++budget.calls > CALLS_PER_SECOND) throw new CroftError('rate_limited');
  if (Buffer.byteLength(JSON.stringify(data) ?? '') > limits.messageBytes)
    throw new CroftError('message_too_large');
}

/** A gateway of a domain on the nodes' namespace. */
export const NodeGateway = () =>
  applyDecorators(
    WebSocketGateway({
      namespace: NODE_NAMESPACE,
      transports: ['websocket'],
      maxHttpBufferSize: limits.transportBytes,
      perMessageDeflate: false,
      serveClient: false,
    }),
    UseInterceptors(NodeCallInterceptor),
  );

/** The authenticated caller's node id. */
export const NodeId = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { nodeId } = context.switchToWs().getClient<NodeSocket>().data;
  if (!nodeId) throw new CroftError('unauthenticated');
  return nodeId;
});

/** Checks a message against its schema; the refusal names the fields. */
export class Checked<T> implements PipeTransform<unknown, T> {
  constructor(private readonly schema: z.ZodType<T>) {}

  transform(value: unknown): T {
    const result = this.schema.safeParse(value);
    if (result.success) return result.data;
    const problems = result.error.issues
      .slice(0, 10)
      .map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new CroftError('bad_request', { problems });
  }
}
