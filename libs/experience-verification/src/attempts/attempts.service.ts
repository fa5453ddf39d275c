import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Lockouts } from '../limits/lockouts.service';
import { Attempt, type AttemptSubject } from './attempt';

/** Begins attempts: what is tried against an account, and whose refusals are recorded and counted. */
@Injectable()
export class Attempts {
  constructor(
    private readonly audit: AuditService,
    private readonly lockouts: Lockouts,
  ) {}

  begin(subject: AttemptSubject): Attempt {
    return new Attempt(subject, this.audit, this.lockouts);
  }
}
