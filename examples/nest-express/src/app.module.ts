import { Controller, Get, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { embeddedTypeOrm } from 'nestjs-embedded-postgres';
import {
  CurrentUser,
  experienceVerificationMigrations,
  ExperienceVerificationModule,
  RequireSession,
} from 'nestjs-passkey-sign-in';

@Controller('hello')
@RequireSession()
class HelloController {
  @Get()
  hello(@CurrentUser() { name }: CurrentUser) {
    return { hello: name };
  }
}

@Module({
  imports: [
    TypeOrmModule.forRootAsync(
      embeddedTypeOrm(process.env['DATA_DIR'] ?? 'data', {
        autoLoadEntities: true,
        migrations: experienceVerificationMigrations,
        migrationsRun: true,
      }),
    ),
    ExperienceVerificationModule.forRoot({
      relyingParty: {
        id: 'localhost',
        name: 'Example',
        // The pages of html, react and vue are at the second.
        origins: (process.env['ORIGINS'] ?? 'http://localhost:3000,http://localhost:3001').split(','),
      },
      redirectTo: '/',
    }),
  ],
  controllers: [HelloController],
})
export class AppModule {}
