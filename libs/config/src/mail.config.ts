import { IsOptional, IsString, IsUrl, Matches } from 'class-validator';

import { Env } from './env.decorator';

export class MailConfig {
  @Env('SMTP_URL', 'Mail server, smtps://user:password@host:465; mails are written to DATA_DIR/mails when absent')
  @IsOptional()
  @IsUrl({ protocols: ['smtp', 'smtps'], require_protocol: true, require_tld: false })
  readonly smtpUrl: string | undefined;

  @Env('MAIL_FROM', 'Sender of mails')
  @IsString()
  @Matches(/^[^\r\n]+@[^\r\n]+$/)
  readonly mailFrom: string = 'MY-IA <no-reply@localhost>';

  @Env('PUBLIC_URL', 'Address people open the web application at; mails then hold links beside codes')
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  readonly publicUrl: string | undefined;
}
