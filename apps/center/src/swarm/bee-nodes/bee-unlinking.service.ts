import { Injectable } from '@nestjs/common';
import { BeeLinks, type LinkHolder } from './bee-links.service.js';
import { BeeSender } from './bee-sender.service.js';

/** Ends links: from then on a Bee node is asked nothing, and what it was asked is over. */
@Injectable()
export class BeeUnlinking {
  constructor(
    private readonly links: BeeLinks,
    private readonly sender: BeeSender,
  ) {}

  /** Again changes nothing. Errors: not_found when whoever asks never had this Bee node. */
  async unlink(holder: LinkHolder, overlay: string): Promise<void> {
    const nodeIds = await this.links.end(holder, overlay);
    await this.sender.callOff(nodeIds, overlay);
  }
}
