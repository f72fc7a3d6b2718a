import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

import { DuplicateResourceError } from '#libs/crud';
import { Access, ApiProblems, CurrentUser, InvalidRequestError, type Principal } from '#libs/http';

import { fromTemplate, TEMPLATES, type Template } from './assistant-templates';
import { AdminAssistantView } from './assistant.view';
import { AssistantsService } from './assistants.service';

class TakeTemplateDto {
  @ApiProperty({ enum: TEMPLATES, example: 'conseiller' })
  @IsIn(TEMPLATES)
  readonly template!: Template;
}

class TemplatesView {
  @ApiProperty({ enum: TEMPLATES, isArray: true, example: ['conseiller'] })
  readonly templates!: readonly Template[];
}

@ApiTags('Administration')
@Controller('admin/assistants/templates')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
export class AssistantTemplatesController {
  constructor(private readonly assistants: AssistantsService) {}

  @Get()
  @ApiOperation({ summary: 'Assistants that come with the product' })
  @ApiOkResponse({ type: TemplatesView })
  list(): TemplatesView {
    return { templates: TEMPLATES };
  }

  @Post()
  @ApiOperation({
    summary: 'Take one for your organization, in your language; it is yours to change',
    description: '`conseiller` takes the profile of whoever asks into account (`/me/profile`).',
  })
  @ApiCreatedResponse({ type: AdminAssistantView })
  @ApiProblems(DuplicateResourceError)
  take(@CurrentUser() caller: Principal, @Body() { template }: TakeTemplateDto): Promise<AdminAssistantView> {
    return this.assistants.create(caller, fromTemplate(template, caller.locale));
  }
}
