import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { GroupMemberEntity } from './group-member.entity';
import { GroupMembersController } from './group-members.controller';
import { GroupMembers } from './group-members';
import { GroupEntity } from './group.entity';
import { GroupsController } from './groups.controller';
import { GroupsService } from './groups.service';

/** Groups and their members, for administrators. */
@Module({
  imports: [TypeOrmModule.forFeature([GroupEntity, GroupMemberEntity])],
  controllers: [GroupsController, GroupMembersController],
  providers: [GroupsService, GroupMembers],
  exports: [GroupMembers],
})
export class GroupModule {}
