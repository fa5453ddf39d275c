import { ModuleMigration, type TableNames } from 'nestjs-passkey-sign-in';
import type { QueryRunner } from 'typeorm';

/** What an OpenID Provider keeps. */
export class OpenIdProvider1765310000000 extends ModuleMigration {
  readonly name = 'OpenIdProvider1765310000000';

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${tables}oidc_payloads (
        key bytea NOT NULL CONSTRAINT ${prefix}oidc_payloads_pkey PRIMARY KEY,
        model text NOT NULL,
        session_id uuid CONSTRAINT ${prefix}oidc_payloads_session_id_fkey
          REFERENCES ${tables}sessions (public_id) ON DELETE CASCADE,
        grant_key bytea,
        user_code_key bytea,
        client_id text,
        offline boolean NOT NULL DEFAULT false,
        payload bytea NOT NULL,
        consumed_at timestamptz,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX ${prefix}oidc_payloads_session_id_idx ON ${tables}oidc_payloads (session_id);
      CREATE INDEX ${prefix}oidc_payloads_grant_key_idx ON ${tables}oidc_payloads (grant_key);
      CREATE INDEX ${prefix}oidc_payloads_user_code_key_idx ON ${tables}oidc_payloads (user_code_key);
      CREATE TABLE ${tables}oidc_signing_keys (
        id uuid NOT NULL CONSTRAINT ${prefix}oidc_signing_keys_pkey PRIMARY KEY,
        relying_party_id text NOT NULL,
        algorithm text NOT NULL,
        turn int NOT NULL,
        key bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        signs_from timestamptz NOT NULL,
        CONSTRAINT ${prefix}oidc_signing_keys_turn_key UNIQUE (relying_party_id, algorithm, turn)
      );
      CREATE TABLE ${tables}applications (
        id uuid NOT NULL CONSTRAINT ${prefix}applications_pkey PRIMARY KEY,
        relying_party_id text NOT NULL,
        name text NOT NULL,
        type text NOT NULL,
        redirect_uris text[] NOT NULL,
        post_logout_redirect_uris text[] NOT NULL,
        backchannel_logout_uri text,
        logo_uri text,
        terms_uri text,
        privacy_uri text,
        third_party boolean NOT NULL,
        groups text[] NOT NULL,
        jwks jsonb,
        subject_type text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX ${prefix}applications_relying_party_id_idx ON ${tables}applications (relying_party_id, id);
      CREATE TABLE ${tables}application_secrets (
        id uuid NOT NULL CONSTRAINT ${prefix}application_secrets_pkey PRIMARY KEY,
        application_id uuid NOT NULL CONSTRAINT ${prefix}application_secrets_application_id_fkey
          REFERENCES ${tables}applications (id) ON DELETE CASCADE,
        hash text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX ${prefix}application_secrets_application_id_idx ON ${tables}application_secrets (application_id);
      CREATE TABLE ${tables}application_consents (
        user_id uuid NOT NULL CONSTRAINT ${prefix}application_consents_user_id_fkey
          REFERENCES ${tables}users (id) ON DELETE CASCADE,
        application_id text NOT NULL,
        scopes text[] NOT NULL,
        first_used_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT ${prefix}application_consents_pkey PRIMARY KEY (user_id, application_id)
      );
      CREATE TABLE ${tables}groups (
        id uuid NOT NULL CONSTRAINT ${prefix}groups_pkey PRIMARY KEY,
        relying_party_id text NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT ${prefix}groups_relying_party_id_name_key UNIQUE (relying_party_id, name)
      );
      CREATE TABLE ${tables}group_members (
        group_id uuid NOT NULL CONSTRAINT ${prefix}group_members_group_id_fkey
          REFERENCES ${tables}groups (id) ON DELETE CASCADE,
        user_id uuid NOT NULL CONSTRAINT ${prefix}group_members_user_id_fkey
          REFERENCES ${tables}users (id) ON DELETE CASCADE,
        CONSTRAINT ${prefix}group_members_pkey PRIMARY KEY (group_id, user_id)
      );
      CREATE INDEX ${prefix}group_members_user_id_idx ON ${tables}group_members (user_id)`);
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(`DROP TABLE ${tables}oidc_payloads, ${tables}oidc_signing_keys, ${tables}application_secrets,
         ${tables}applications, ${tables}application_consents, ${tables}group_members, ${tables}groups`);
  }
}
