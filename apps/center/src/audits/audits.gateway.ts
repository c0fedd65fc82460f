import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { type SignedAnswer, signedAnswer } from '#libs/protocol';
import { Checked, NodeGateway, NodeId } from '../platform/sockets/node-call.js';
import { AnswersService } from './answers.service.js';

/** Nodes answer rounds. */
@NodeGateway()
export class AuditsGateway {
  constructor(private readonly answers: AnswersService) {}

  @SubscribeMessage('round:answer')
  answer(@NodeId() nodeId: string, @MessageBody(new Checked(signedAnswer)) answer: SignedAnswer) {
    return this.answers.take(nodeId, answer);
  }
}
