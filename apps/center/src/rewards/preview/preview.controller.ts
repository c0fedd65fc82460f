import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../platform/auth/guards.js';
import { PreviewAnswer, PreviewRequest } from './dto.js';
import { PreviewService } from './preview.service.js';

/** Asking what rates would come to before they are published. Changes nothing. */
@ApiTags('admin')
@RequireRole('admin')
@Controller('admin/campaigns/:id/preview')
export class PreviewController {
  constructor(private readonly previews: PreviewService) {}

  @Post()
  @HttpCode(200)
  preview(@Param('id', ParseUUIDPipe) id: string, @Body() draft: PreviewRequest): Promise<PreviewAnswer> {
    return this.previews.preview(id, draft);
  }
}
