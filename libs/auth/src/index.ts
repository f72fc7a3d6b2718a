export * as authErrors from './auth.errors';
export { AuthModule } from './auth.module';
export { OrganizationEntity } from './organization/organization.entity';
export { PasswordHasher } from './password/password-hasher';
export { ResetPassword } from './password/reset-password';
export { BootstrapSuperuser, type BootstrapResult, type FirstSuperuser } from './user/bootstrap-superuser';
export { UserEntity } from './user/user.entity';
