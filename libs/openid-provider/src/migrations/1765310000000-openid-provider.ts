import { ModuleMigration } from 'nestjs-passkey-sign-in';
import type { QueryRunner } from 'typeorm';

/** What an OpenID Provider keeps. */
export class OpenIdProvider1765310000000 extends ModuleMigration {
  readonly name = 'OpenIdProvider1765310000000';

  protected async apply(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${schema}.oidc_payloads (
        key bytea NOT NULL CONSTRAINT oidc_payloads_pkey PRIMARY KEY,
        model text NOT NULL,
        session_id uuid CONSTRAINT oidc_payloads_session_id_fkey
          REFERENCES ${schema}.sessions (public_id) ON DELETE CASCADE,
        grant_key bytea,
        user_code_key bytea,
        client_id text,
        offline boolean NOT NULL DEFAULT false,
        payload bytea NOT NULL,
        consumed_at timestamptz,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX oidc_payloads_session_id_idx ON ${schema}.oidc_payloads (session_id);
      CREATE INDEX oidc_payloads_grant_key_idx ON ${schema}.oidc_payloads (grant_key);
      CREATE INDEX oidc_payloads_user_code_key_idx ON ${schema}.oidc_payloads (user_code_key);
      CREATE TABLE ${schema}.oidc_signing_keys (
        id uuid NOT NULL CONSTRAINT oidc_signing_keys_pkey PRIMARY KEY,
        relying_party_id text NOT NULL,
        algorithm text NOT NULL,
        turn int NOT NULL,
        key bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        signs_from timestamptz NOT NULL,
        CONSTRAINT oidc_signing_keys_turn_key UNIQUE (relying_party_id, algorithm, turn)
      );
      CREATE TABLE ${schema}.applications (
        id uuid NOT NULL CONSTRAINT applications_pkey PRIMARY KEY,
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
      CREATE INDEX applications_relying_party_id_idx ON ${schema}.applications (relying_party_id, id);
      CREATE TABLE ${schema}.application_secrets (
        id uuid NOT NULL CONSTRAINT application_secrets_pkey PRIMARY KEY,
        application_id uuid NOT NULL CONSTRAINT application_secrets_application_id_fkey
          REFERENCES ${schema}.applications (id) ON DELETE CASCADE,
        hash text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX application_secrets_application_id_idx ON ${schema}.application_secrets (application_id);
      CREATE TABLE ${schema}.application_consents (
        user_id uuid NOT NULL CONSTRAINT application_consents_user_id_fkey
          REFERENCES ${schema}.users (id) ON DELETE CASCADE,
        application_id text NOT NULL,
        scopes text[] NOT NULL,
        first_used_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT application_consents_pkey PRIMARY KEY (user_id, application_id)
      );
      CREATE TABLE ${schema}.groups (
        id uuid NOT NULL CONSTRAINT groups_pkey PRIMARY KEY,
        relying_party_id text NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT groups_relying_party_id_name_key UNIQUE (relying_party_id, name)
      );
      CREATE TABLE ${schema}.group_members (
        group_id uuid NOT NULL CONSTRAINT group_members_group_id_fkey
          REFERENCES ${schema}.groups (id) ON DELETE CASCADE,
        user_id uuid NOT NULL CONSTRAINT group_members_user_id_fkey
          REFERENCES ${schema}.users (id) ON DELETE CASCADE,
        CONSTRAINT group_members_pkey PRIMARY KEY (group_id, user_id)
      );
      CREATE INDEX group_members_user_id_idx ON ${schema}.group_members (user_id)`);
  }

  protected async undo(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(`DROP TABLE ${schema}.oidc_payloads, ${schema}.oidc_signing_keys, ${schema}.application_secrets,
         ${schema}.applications, ${schema}.application_consents, ${schema}.group_members, ${schema}.groups`);
  }
}
