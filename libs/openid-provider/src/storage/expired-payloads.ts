import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Sweeper } from 'nestjs-passkey-sign-in';

/** Has what has expired swept away. */
@Injectable()
export class ExpiredPayloads implements OnModuleInit {
  constructor(private readonly sweeper: Sweeper) {}

  onModuleInit(): void {
    this.sweeper.add('oidc_payloads', 60);
  }
}
