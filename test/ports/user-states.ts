import { Injectable } from '@nestjs/common';
import type { UserId } from '@passkey/experience-verification';
import { DataSource } from 'typeorm';
import { User } from '../../libs/experience-verification/src/users/user.entity';

/** What a port outside the module's database asks about users. */
@Injectable()
export class UserStates {
  constructor(private readonly dataSource: DataSource) {}

  async maySignIn(id: UserId): Promise<boolean> {
    return this.dataSource.getRepository(User).existsBy({ id, suspended: false });
  }
}
