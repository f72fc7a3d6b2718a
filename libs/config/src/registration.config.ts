import { IsArray, IsFQDN, IsIn } from 'class-validator';

import { Env } from './env.decorator';

const REGISTRATION = ['open', 'invite', 'closed'] as const;

export class RegistrationConfig {
  @Env('REGISTRATION', 'Who may create an account: open (anyone), invite (who was invited) or closed (nobody)')
  @IsIn(REGISTRATION)
  readonly registration: (typeof REGISTRATION)[number] = 'closed';

  @Env('REGISTRATION_DOMAINS', 'Domains of e-mail addresses that may register; any when empty', 'list')
  @IsArray()
  @IsFQDN({}, { each: true })
  readonly domains: readonly string[] = [];
}
