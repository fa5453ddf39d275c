import type { Provider, Type } from '@nestjs/common';

/** What one folder brings to the module: its controllers and providers. */
export interface ModulePart {
  controllers?: Type[];
  providers: Provider[];
}
