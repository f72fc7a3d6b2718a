export * as authErrors from './auth.errors';
export { AuthModule } from './auth.module';
export { MailWorkerModule } from './mail/mail-worker.module';
export { OrganizationEntity } from './organization/organization.entity';
export { PasswordHasher } from './password/password-hasher';
export { ResetPassword } from './password/reset-password';
export { Invite } from './registration/invite';
export { BootstrapSuperuser, type BootstrapResult, type FirstSuperuser } from './user/bootstrap-superuser';
export { UserEntity } from './user/user.entity';
