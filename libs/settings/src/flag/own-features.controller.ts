import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { Access, CurrentUser, type Principal } from '#libs/http';

import { OwnFeaturesView } from './feature-flag.view';
import { FeatureFlagsService } from './feature-flags.service';

@ApiTags('Identity')
@Controller('me/features')
@Access('user', { scope: 'profile:read' })
export class OwnFeaturesController {
  constructor(private readonly flags: FeatureFlagsService) {}

  @Get()
  @ApiOperation({
    summary: 'What the caller may use, by the plan and by the flags of administrators',
    description: 'For clients that hide what is closed. Roles are told by `/me`.',
  })
  @ApiOkResponse({ type: OwnFeaturesView })
  list(@CurrentUser() caller: Principal): Promise<OwnFeaturesView> {
    return this.flags.own(caller);
  }
}
