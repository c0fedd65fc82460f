import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import type { z } from 'zod';
import { pieceRequest, transferDone } from '#libs/protocol';
import { Checked, NodeGateway, NodeId } from '../platform/sockets/node-call.js';
import { TransfersService } from './transfers.service.js';

/** A new keeper fetches a plot in pieces. */
@NodeGateway()
export class TransfersGateway {
  constructor(private readonly transfers: TransfersService) {}

  @SubscribeMessage('transfer:piece')
  piece(
    @NodeId() nodeId: string,
    @MessageBody(new Checked(pieceRequest)) { leaseId, index }: z.infer<typeof pieceRequest>,
  ) {
    return this.transfers.piece(nodeId, leaseId, index);
  }

  @SubscribeMessage('transfer:done')
  done(
    @NodeId() nodeId: string,
    @MessageBody(new Checked(transferDone)) { leaseId, contentRoot }: z.infer<typeof transferDone>,
  ) {
    return this.transfers.done(nodeId, leaseId, contentRoot);
  }
}
