import { Injectable } from '@nestjs/common';
import type { UserId } from 'nestjs-passkey-sign-in';
import { DataSource, type EntityManager } from 'typeorm';
import { User } from '../../libs/experience-verification/src/users/user.entity';

/** What a port outside the module's database asks about users. */
@Injectable()
export class UserStates {
  constructor(private readonly dataSource: DataSource) {}

  async maySignIn(id: UserId, manager: EntityManager = this.dataSource.manager): Promise<boolean> {
    return manager.getRepository(User).existsBy({ id, suspended: false });
  }
}
