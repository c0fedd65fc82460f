import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentAccount, RequireRole, type SignedIn } from '../platform/auth/guards.js';
import { PageQuery } from '../platform/paging.js';
import { TasksPage, WorkAnswer } from './dto.js';
import { TaskList } from './task-list.js';

@ApiTags('admin')
@RequireRole('admin')
@Controller('admin/tasks')
export class AdminTasksController {
  constructor(private readonly list: TaskList) {}

  @Get()
  page(@Query() query: PageQuery): Promise<TasksPage> {
    return this.list.page(query);
  }
}

/** What my nodes are doing now. */
@ApiTags('nodes')
@Controller('work')
export class WorkController {
  constructor(private readonly list: TaskList) {}

  @Get()
  work(@CurrentAccount() account: SignedIn): Promise<WorkAnswer> {
    return this.list.workOf(account.id);
  }
}
