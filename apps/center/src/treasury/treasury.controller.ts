import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../platform/auth/guards.js';
import { TreasuryAnswer } from './dto.js';
import { TreasuryList } from './treasury-list.js';

/** Where the operator's money is, and how long it lasts. */
@ApiTags('admin')
@RequireRole('admin')
@Controller('admin/treasury')
export class TreasuryController {
  constructor(private readonly list: TreasuryList) {}

  @Get()
  all(): Promise<TreasuryAnswer> {
    return this.list.all();
  }
}
