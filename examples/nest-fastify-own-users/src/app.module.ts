import { Controller, Get, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { embeddedTypeOrm } from 'nestjs-embedded-postgres';
import {
  CurrentUser,
  experienceVerificationMigrations,
  ExperienceVerificationModule,
  RequireSession,
} from 'nestjs-passkey-sign-in';
import { Member, Members1700000000000 } from './member.js';
import { MemberDirectory } from './member-directory.js';

@Controller('api/users')
class MembersController {
  @Get('me')
  @RequireSession()
  me(@CurrentUser() { id, name }: CurrentUser) {
    return { id, email: name };
  }
}

@Module({
  imports: [
    TypeOrmModule.forRootAsync(
      embeddedTypeOrm(process.env['DATA_DIR'] ?? 'data', {
        autoLoadEntities: true,
        migrations: [...experienceVerificationMigrations, Members1700000000000],
        migrationsRun: true,
      }),
    ),
    TypeOrmModule.forFeature([Member]),
    ExperienceVerificationModule.forRoot(
      {
        relyingParty: { id: 'localhost', name: 'Example', origins: ['http://localhost:3000'] },
        // The host has an `/api/users` of its own, and manages them itself.
        prefix: 'auth',
        without: ['management'],
      },
      { userDirectory: MemberDirectory },
    ),
  ],
  controllers: [MembersController],
})
export class AppModule {}
