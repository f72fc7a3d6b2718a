import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { Access, CurrentUser, type Principal } from '#libs/http';

import { MeService } from './me.service';
import { MeView } from './me.view';
import { UpdateMeDto } from './update-me.dto';

@ApiTags('Identity')
@Controller('me')
@Access('user')
export class MeController {
  constructor(private readonly me: MeService) {}

  @Get()
  @Access('user', { scope: 'profile:read' })
  @ApiOperation({ summary: 'The profile of the caller' })
  @ApiOkResponse({ type: MeView })
  get(@CurrentUser() caller: Principal): Promise<MeView> {
    return this.me.get(caller);
  }

  @Patch()
  @ApiOperation({ summary: 'Change name, language or time zone' })
  @ApiOkResponse({ type: MeView })
  update(@CurrentUser() caller: Principal, @Body() changes: UpdateMeDto): Promise<MeView> {
    return this.me.update(caller, changes);
  }
}
