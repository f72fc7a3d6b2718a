import { Body, Controller, Delete, Get, HttpCode, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { Access, ApiProblems, CurrentUser, InvalidRequestError, type Principal } from '#libs/http';

import { ProfileDto, ProfileView } from './profile.view';
import { Profiles } from './profiles';

@ApiTags('Identity')
@Controller('me/profile')
@Access('user')
@ApiProblems(InvalidRequestError)
export class ProfileController {
  constructor(private readonly profiles: Profiles) {}

  @Get()
  @ApiOperation({ summary: 'What the caller said of himself for assistants that take it into account' })
  @ApiOkResponse({ type: ProfileView })
  get(@CurrentUser() caller: Principal): Promise<ProfileView> {
    return this.profiles.get(caller);
  }

  @Put()
  @ApiOperation({
    summary: 'Say it anew; what is left out is said no more',
    description: 'Told to a model only by assistants whose `usesProfile` is true, as data between fences.',
  })
  @ApiOkResponse({ type: ProfileView })
  set(@CurrentUser() caller: Principal, @Body() profile: ProfileDto): Promise<ProfileView> {
    return this.profiles.set(caller, profile);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Erase it' })
  @ApiNoContentResponse()
  remove(@CurrentUser() caller: Principal): Promise<void> {
    return this.profiles.remove(caller);
  }
}
