import type { QueueDefinition } from '#libs/database';

/** Changes an owner must hear of, because somebody else could have made them. */
export type Notice =
  | 'password_changed'
  | 'mfa_enabled'
  | 'mfa_disabled'
  | 'recovery_code_used'
  | 'already_registered'
  | 'role_changed'
  | 'account_disabled'
  | 'account_enabled'
  | 'sessions_ended'
  | 'data_exported'
  | 'api_key_made'
  | 'api_key_rotated'
  | 'api_key_changed'
  | 'api_key_deleted'
  | 'conversation_disclosed';

/**
 * A mail to write and send. Codes are not in it: they are drawn when the mail is written, so that no queue holds them. A
 * forgotten password names the address as typed: whether it has an account is looked up in the background.
 */
export type AccountMail =
  | { readonly kind: 'password_reset'; readonly email: string }
  | { readonly kind: 'email_verification'; readonly userId: string }
  | { readonly kind: 'account_setup'; readonly userId: string }
  | { readonly kind: 'invitation'; readonly invitationId: string }
  | { readonly kind: 'notice'; readonly userId: string; readonly notice: Notice }
  | { readonly kind: 'budget_alert'; readonly userId: string; readonly budgetId: string; readonly threshold: number };

/** A mail server that is down for a few minutes loses nothing: 8 retries double from 10 seconds to 20 minutes. */
export const ACCOUNT_MAIL: QueueDefinition<AccountMail> = {
  name: 'account-mail',
  retryLimit: 8,
  retryDelaySeconds: 10,
  expireInSeconds: 120,
};
