import type { ModulePart } from '../module-part';
import { ConformanceAccounts } from './conformance-accounts.service';
import { ConformanceController } from './conformance.controller';

/**
 * The server API of the FIDO Alliance's conformance tools: docs/conformance.md. For a server of its own, which nobody
 * uses: whoever reaches it may give any account a passkey.
 */
export const conformanceTools = (): ModulePart => ({
  controllers: [ConformanceController],
  providers: [ConformanceAccounts],
});
