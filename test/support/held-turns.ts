import type { Type } from '@nestjs/common';
import type { TestServer } from './test-server';

/** A service whose turns the test takes itself: its own, by the clock, would come between on a busy machine. */
export function holdTurnsOf<T extends object>(server: TestServer, service: Type<T>): T {
  const held = server.app.get(service, { strict: false });
  clearInterval(Reflect.get(held, 'timer') as NodeJS.Timeout);
  return held;
}
