import type { ModulePart } from '../module-part';
import { Messages } from './messages.service';
import { WaitingMessages } from './waiting-messages.repository';

export const messagesPart: ModulePart = { providers: [Messages, WaitingMessages] };
