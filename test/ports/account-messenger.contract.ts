import { randomUUID } from 'node:crypto';
import {
  type AccountMessage,
  type AccountMessenger,
  type Identifier,
  type IdentifierType,
  type RpId,
  UndeliverableError,
} from 'nestjs-passkey-sign-in';
import { freshUsername } from '../support/browser';
import { freshEmail } from '../support/sent-codes';
import { until } from '../support/until';

/** How whoever is asked to send messages answers. */
export type Receipt = 'taken' | 'refused for good' | 'refused for now' | 'cut off' | 'never';

/** A messenger, and who receives its messages. */
export interface MessengerUnderTest {
  messenger: AccountMessenger;
  /** What an address was told, as its owner reads it, the first first: nothing of when, or by which try. */
  toldTo(to: Identifier): string[];
  /** Whether a text says whose relying party it is. */
  namesRelyingParty: boolean;
  /** Whom it asks to send messages; null when it has done so by itself. */
  receiver: { answer: Receipt; asked: number } | null;
}

type Kind = AccountMessage['kind'];

/** The rest of a message of each kind. */
const KINDS: { [K in Kind]: Omit<Extract<AccountMessage, { kind: K }>, 'to' | 'rpId' | 'kind'> } = {
  'verification-code': { code: '31415926', validFor: 600, locales: ['en'] },
  invitation: { url: 'http://localhost:3000/#invitation=secret', expiresAt: '2030-01-02T03:04:05.678Z' },
  'passkey-added': {},
  'passkey-deleted': {},
  'recovery-codes-created': {},
  'recovery-link-created': {},
  'account-recovered': {},
  'addresses-changed': {},
  'account-claimed': {},
  'passkey-maybe-copied': {},
  'sessions-ended': {},
  'account-suspended': {},
  'account-restored': {},
  'account-deleted': {},
};
const kinds = Object.keys(KINDS) as Kind[];

let phones = 0;

const FRESH: Record<IdentifierType, () => Identifier> = {
  username: freshUsername,
  email: freshEmail,
  phone: () => ({ type: 'phone', value: `+4420718${String(++phones).padStart(5, '0')}` }),
};
const types = Object.keys(FRESH) as IdentifierType[];

const HERE = 'localhost' as RpId;
const THERE = 'there.localhost' as RpId;

const outcome = (sending: Promise<void>): Promise<string> =>
  sending.then(
    () => 'sent',
    (error: unknown) => (error instanceof UndeliverableError ? 'undeliverable' : 'to be tried again'),
  );

/** What the module asks of every AccountMessenger. */
export function describeAccountMessengerContract(underTest: () => MessengerUnderTest): void {
  const send = (to: Identifier, kind: Kind = 'passkey-added', rpId = HERE, signal?: AbortSignal) => {
    const message = { to, rpId, kind, ...KINDS[kind] } as AccountMessage;
    const messageTry = { id: randomUUID(), signal: signal ?? new AbortController().signal };
    return outcome(underTest().messenger.send(message, messageTry));
  };
  const reaches = (to: Identifier) => underTest().messenger.reaches?.(to) ?? true;
  /** Fresh addresses that it reaches: a test of none would see nothing. */
  const reached = () => {
    const addresses = types.map((type) => FRESH[type]()).filter(reaches);
    expect(addresses).not.toEqual([]);
    return addresses;
  };
  const answer = (receipt: Receipt) => {
    const { receiver } = underTest();
    if (receiver) receiver.answer = receipt;
    return receiver;
  };

  afterEach(() => {
    answer('taken');
  });

  it.each(types)(
    'takes each kind of message to an address of the type %s, and says something else of each, or takes none',
    async (type) => {
      const to = FRESH[type]();
      const outcomes: string[] = [];
      for (const kind of kinds) outcomes.push(await send(to, kind));
      expect(new Set(outcomes)).toEqual(new Set([reaches(to) ? 'sent' : 'to be tried again']));
      expect(new Set(underTest().toldTo(to)).size).toBe(reaches(to) ? kinds.length : 0);
      expect(underTest().toldTo(to)).toHaveLength(reaches(to) ? kinds.length : 0);
    },
  );

  it('says whose relying party it is', async () => {
    for (const to of reached()) {
      for (const kind of kinds) {
        const before = underTest().toldTo(to).length;
        for (const rpId of [HERE, THERE]) await send(to, kind, rpId);
        const told = underTest().toldTo(to).slice(before);
        expect([kind, new Set(told).size]).toEqual([kind, underTest().namesRelyingParty ? 2 : 1]);
      }
    }
  });

  it('brings the code, or the link', async () => {
    for (const to of reached()) {
      for (const kind of ['verification-code', 'invitation'] as const) await send(to, kind);
      expect(underTest().toldTo(to)).toEqual([
        expect.stringContaining(KINDS['verification-code'].code),
        expect.stringContaining(KINDS.invitation.url),
      ]);
    }
  });

  it.each([
    ['refused for good', 'undeliverable'],
    ['refused for now', 'to be tried again'],
    ['cut off', 'to be tried again'],
  ] as const)('is %s: %s', async (receipt, expected) => {
    for (const to of reached()) {
      const receiver = answer(receipt);
      expect(await send(to)).toBe(receiver ? expected : 'sent');
      expect(underTest().toldTo(to)).toHaveLength(receiver ? 0 : 1);
      answer('taken');
      expect(await send(to)).toBe('sent');
    }
  });

  it('gives up soon when the server stops, and has it tried again', async () => {
    for (const to of reached()) {
      const receiver = answer('never');
      const before = receiver?.asked ?? 0;
      const stopping = new AbortController();
      let ended: string | undefined;
      void send(to, 'passkey-added', HERE, stopping.signal).then((how) => (ended = how));
      await until(() => (receiver ? receiver.asked > before : ended !== undefined));
      if (receiver) expect(ended).toBeUndefined();
      stopping.abort(new Error('the server stops'));
      await until(() => ended !== undefined, 'it goes on', 2);
      expect(ended).toBe(receiver ? 'to be tried again' : 'sent');
    }
  });
}
