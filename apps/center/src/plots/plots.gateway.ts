import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { z } from 'zod';
import { heartbeat, inventory, type PlotRegistration, plotRegistration, taskFailure } from '#libs/protocol';
import { Checked, NodeGateway, NodeId } from '../platform/sockets/node-call.js';
import { TasksService } from '../tasks/tasks.service.js';
import { DispatchService } from './dispatch.service.js';
import { InventoriesService } from './inventories.service.js';
import { PlotsService } from './plots.service.js';

const nothing = z.strictObject({});

/** Nodes ask for work, keep their leases alive, and hand in plots. */
@NodeGateway()
export class PlotsGateway {
  constructor(
    private readonly dispatch: DispatchService,
    private readonly tasks: TasksService,
    private readonly plots: PlotsService,
    private readonly inventories: InventoriesService,
  ) {}

  @SubscribeMessage('task:next')
  async next(@NodeId() nodeId: string, @MessageBody(new Checked(nothing)) _message: unknown) {
    return { tasks: await this.dispatch.next(nodeId) };
  }

  @SubscribeMessage('task:heartbeat')
  async heartbeat(
    @NodeId() nodeId: string,
    @MessageBody(new Checked(heartbeat)) { leaseId, phase, fraction }: z.infer<typeof heartbeat>,
  ) {
    const expiresAt = await this.tasks.heartbeat(nodeId, leaseId, phase, fraction);
    return { expiresAt: expiresAt.toISOString() };
  }

  @SubscribeMessage('task:fail')
  fail(
    @NodeId() nodeId: string,
    @MessageBody(new Checked(taskFailure)) failure: z.infer<typeof taskFailure>,
  ) {
    return this.tasks.giveUp(nodeId, failure.leaseId, failure.cause);
  }

  @SubscribeMessage('plot:register')
  async register(
    @NodeId() nodeId: string,
    @MessageBody(new Checked(plotRegistration)) registration: PlotRegistration,
  ) {
    return { state: await this.plots.register(nodeId, registration) };
  }

  @SubscribeMessage('inventory:sync')
  inventory(
    @NodeId() nodeId: string,
    @MessageBody(new Checked(inventory)) { plots }: z.infer<typeof inventory>,
  ) {
    return this.inventories.answer(nodeId, plots);
  }
}
