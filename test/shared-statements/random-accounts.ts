import { randomBytes, randomUUID } from 'node:crypto';
import { skeletonOf } from '../../libs/experience-verification/src/identifiers/username-rule';
import type { Random } from '../differential/random';

/** Texts that an array of PostgreSQL, or JSON in it, could be mistaken about. */
const TEXTS = [
  '',
  'NULL',
  '{}',
  '{a,"b"}',
  'a\\b"c"',
  `it's`,
  ' space ',
  'ümläut 🔑',
  '(1,2)',
  '\\x00',
  'a,b',
];

export const RP_IDS = ['localhost', 'example.com'];
const TYPES = ['username', 'email', 'phone'];
const TENANTS = ['default', 'second'];

type Run = (text: string, values: unknown[]) => Promise<unknown>;

/** People with identifiers, passkeys and interactions, as random as a few statements can be told of. */
export class RandomAccounts {
  readonly userIds: string[] = [];
  readonly identifiers: { tenant: string; type: string; value: string }[] = [];
  readonly credentials: { recordId: string; credentialId: Buffer }[] = [];
  readonly interactions: Buffer[] = [];
  readonly sessions: Buffer[] = [];
  readonly webhooks = ['https://one.example/a', 'https://two.example/"b"', 'https://ended.example/{c}'];

  constructor(
    readonly random: Random,
    private readonly run: Run,
  ) {}

  text = (): string => `${this.random.pick(TEXTS)}${this.random.pick(TEXTS)}`;
  maybe = <T>(value: T, share = 0.5): T | null => (this.random.next() < share ? value : null);
  some = <T>(values: readonly T[]): T[] => values.filter(() => this.random.next() < 0.5);
  /** A time around that of the transaction, or that very one. */
  time = (): string => `${this.random.below(7) - 3} seconds`;

  /** Each two have one name, in two tenants. */
  async make(count: number): Promise<void> {
    const { random, run } = this;
    await run(`INSERT INTO passkey.ended_webhooks (url) VALUES ($1)`, [this.webhooks[2]]);
    let value = '';
    for (let index = 0; index < count; index += 1) {
      const userId = randomUUID();
      const tenant = TENANTS[index % 2]!;
      if (tenant === 'default') value = `${this.text()}-${index}`;
      this.userIds.push(userId);
      await run(
        `INSERT INTO passkey.users (id, tenant, user_handle, suspended, proofs_void_before)
         VALUES ($1, $2, $3, $4, now() + $5::interval)`,
        // Without a tenant: a host's directory decides.
        [userId, this.maybe(tenant, 0.8), randomBytes(64), random.next() < 0.2, this.time()],
      );
      for (const type of this.some(TYPES)) {
        this.identifiers.push({ tenant, type, value });
        await run(
          `INSERT INTO passkey.user_identifiers (tenant, type, value, user_id, skeleton) VALUES ($1, $2, $3, $4, $5)`,
          [tenant, type, value, userId, type === 'username' ? skeletonOf(value) : null],
        );
      }
      for (let passkeys = random.below(6); passkeys > 0; passkeys -= 1) await this.addPasskey(userId);
      const interaction = randomBytes(32);
      this.interactions.push(interaction);
      await run(
        `INSERT INTO passkey.interactions (id, event, user_id, expires_at) VALUES ($1, $2, $3, now() + $4::interval)`,
        [
          interaction,
          random.pick(['SignIn', 'Register', 'Register']),
          this.maybe(random.pick(this.userIds)),
          this.time(),
        ],
      );
    }
  }

  /** Times that are alike, or none, so that the last rule of an order decides. */
  private async addPasskey(userId: string): Promise<void> {
    const { random } = this;
    const [recordId, credentialId] = [randomUUID(), randomBytes(32)];
    this.credentials.push({ recordId, credentialId });
    await this.run(
      `INSERT INTO passkey.credential_records
         (id, user_id, rp_id, credential_id, public_key, sign_count, transports, aaguid, backup_eligible, backup_state,
          uv_initialized, attestation_format, user_handle, created_at, bound_at, last_used_at, clone_suspected_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, true, 'none', $11, now() + $12::interval, now() + $13::interval,
               now() + $14::interval, now() + $15::interval)`,
      [
        ...[recordId, userId, random.pick(RP_IDS), credentialId, randomBytes(77), random.below(4)],
        ...[this.some(['internal', 'hybrid', 'usb']), randomUUID(), this.maybe(random.next() < 0.5)],
        ...[random.next() < 0.5, this.maybe(randomBytes(64)), this.time(), this.time()],
        ...[this.maybe(this.time()), this.maybe(this.time(), 0.3)],
      ],
    );
  }

  async addSessions(count: number): Promise<void> {
    const { random } = this;
    for (let index = 0; index < count; index += 1) {
      const id = randomBytes(32);
      this.sessions.push(id);
      await this.run(
        `INSERT INTO passkey.sessions (id, public_id, user_id, amr, created_at, authenticated_at, last_seen_at, expires_at)
         VALUES ($1, $2, $3, $4, now() + $5::interval, now() + $6::interval, now() + $7::interval, now() + $8::interval)`,
        [
          ...[id, randomUUID(), random.pick(this.userIds), this.some(['swk', 'pop'])],
          ...[this.time(), this.time(), this.time(), random.next() < 0.8 ? '1 hour' : this.time()],
        ],
      );
    }
  }

  /** What somebody types: what there is, or like it, or nothing of the kind. */
  lookup = (): (string | null)[] => {
    const { random } = this;
    const known = random.pick(this.identifiers);
    const value = random.next() < 0.7 ? known.value : `${known.value}?`;
    const type = random.next() < 0.7 ? known.type : random.pick(TYPES);
    const tenant = random.next() < 0.7 ? known.tenant : random.pick(TENANTS);
    return [tenant, type, value, this.maybe(random.pick(this.identifiers).value, 0.3)];
  };

  event = (): unknown[] => [
    randomUUID(),
    this.text(),
    this.random.pick(RP_IDS),
    this.maybe(this.random.pick(this.userIds)),
    { reason: this.text(), userAgent: this.text(), amr: this.some(['swk', 'pop']) },
    this.some(this.webhooks),
  ];
}
