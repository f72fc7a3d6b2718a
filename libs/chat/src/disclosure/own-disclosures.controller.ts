import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { ApiPage, PageDto } from '#libs/crud';
import { Access, ApiProblems, CurrentUser, InvalidRequestError, type Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { DisclosureView } from './disclosure.view';
import { DisclosuresService } from './disclosures.service';

@ApiTags('Chat')
@Controller('me/disclosures')
@Access('user', { scope: 'chat' })
export class OwnDisclosuresController {
  constructor(private readonly disclosures: DisclosuresService) {}

  @Get()
  @ApiOperation({ summary: 'Which of your conversations were opened to an administrator, and why' })
  @ApiPage(DisclosureView)
  @ApiProblems(InvalidRequestError)
  async list(@CurrentUser() caller: Principal, @Query() { page, pageSize }: PageDto): Promise<Page<DisclosureView>> {
    const [items, total] = await this.disclosures.ofOwner(caller, page, pageSize);
    return { items, page, pageSize, total };
  }
}
