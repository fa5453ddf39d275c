import { Injectable } from '@nestjs/common';

/** Whether who asks is to send requests here. */
@Injectable()
export class Readiness {
  /** From the signal on that ends the server. */
  isEnding = false;
}
