import { Controller, Get, Redirect } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

import { Access } from '#libs/http';

/** The address a newcomer opens first leads to what there is to see. */
@ApiExcludeController()
@Controller()
export class HomeController {
  @Get()
  @Access('public')
  @Redirect('/docs', 302)
  home(): void {
    // The decorator says it all.
  }
}
