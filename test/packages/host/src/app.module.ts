import { Controller, Get, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { embeddedTypeOrm } from 'nestjs-embedded-postgres';
import {
  type CurrentSession,
  experienceVerificationMigrations,
  ExperienceVerificationModule,
  RequireSession,
  SignedIn,
} from 'nestjs-passkey-sign-in';

@Controller('hello')
@RequireSession()
class HelloController {
  @Get()
  hello(@SignedIn() { userId }: CurrentSession) {
    return { hello: userId };
  }
}

@Module({
  imports: [
    TypeOrmModule.forRootAsync(
      embeddedTypeOrm('data', {
        autoLoadEntities: true,
        migrations: experienceVerificationMigrations,
        migrationsRun: true,
      }),
    ),
    ExperienceVerificationModule.forRoot({
      relyingParty: { id: 'localhost', name: 'Example', origins: ['http://localhost:3000'] },
    }),
  ],
  controllers: [HelloController],
})
export class AppModule {}
