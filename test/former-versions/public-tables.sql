CREATE TABLE public.audit_events (
    id uuid NOT NULL,
    type text NOT NULL,
    rp_id text NOT NULL,
    user_id uuid,
    details jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.credential_records (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    rp_id text NOT NULL,
    credential_id bytea NOT NULL,
    public_key bytea NOT NULL,
    sign_count bigint NOT NULL,
    transports text[] NOT NULL,
    aaguid uuid NOT NULL,
    backup_eligible boolean,
    backup_state boolean NOT NULL,
    uv_initialized boolean NOT NULL,
    discoverable boolean,
    attestation_format text NOT NULL,
    name text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_used_at timestamp with time zone,
    user_handle bytea,
    clone_suspected_at timestamp with time zone
)
WITH (fillfactor='85');

CREATE UNLOGGED TABLE public.failed_attempts (
    key bytea NOT NULL,
    count integer NOT NULL,
    locked_until timestamp with time zone,
    expires_at timestamp with time zone NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE public.interactions (
    id bytea NOT NULL,
    event text NOT NULL,
    user_id uuid,
    amr text[] DEFAULT '{}'::text[] NOT NULL,
    expires_at timestamp with time zone NOT NULL
)
WITH (fillfactor='75', autovacuum_vacuum_scale_factor='0.02', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_cost_delay='0', autovacuum_analyze_scale_factor='0.05');

CREATE TABLE public.migrations (
    id integer NOT NULL,
    "timestamp" bigint NOT NULL,
    name character varying NOT NULL
);

CREATE SEQUENCE public.migrations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.migrations_id_seq OWNED BY public.migrations.id;

CREATE UNLOGGED TABLE public.rate_limits (
    key bytea NOT NULL,
    count integer NOT NULL,
    expires_at timestamp with time zone NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE public.recovery_codes (
    user_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.sessions (
    id bytea NOT NULL,
    user_id uuid NOT NULL,
    amr text[] NOT NULL,
    authenticated_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL
)
WITH (fillfactor='85', autovacuum_vacuum_scale_factor='0.02', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_cost_delay='0', autovacuum_analyze_scale_factor='0.05');

CREATE UNLOGGED TABLE public.sweeps (
    name text NOT NULL,
    next_at timestamp with time zone NOT NULL
);

CREATE TABLE public.users (
    id uuid NOT NULL,
    user_handle bytea NOT NULL,
    username text,
    primary_email text,
    primary_phone text,
    suspended boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.verification_records (
    interaction_id bytea NOT NULL,
    id uuid NOT NULL,
    ceremony text NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    challenge bytea NOT NULL,
    rp_id text NOT NULL,
    request jsonb NOT NULL,
    user_id uuid,
    decoy boolean DEFAULT false NOT NULL,
    user_handle bytea,
    credential_record_id uuid,
    new_credential jsonb,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL
)
WITH (fillfactor='60', autovacuum_vacuum_scale_factor='0.02', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_cost_delay='0', autovacuum_analyze_scale_factor='0.05');

CREATE TABLE public.webhook_deliveries (
    event_id uuid NOT NULL,
    url text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone DEFAULT now() NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0.02', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_cost_delay='0', autovacuum_analyze_scale_factor='0.05');

ALTER TABLE ONLY public.migrations ALTER COLUMN id SET DEFAULT nextval('public.migrations_id_seq'::regclass);

INSERT INTO public.audit_events VALUES
	('01a211cb-e057-71ed-8b7e-0ce7b286b91a', 'registration.succeeded', 'localhost', NULL, '{"ip": "127.0.0.1", "requestId": "f905c1c9-87e8-4bf1-8073-5f8f6d6f899e", "userAgent": "node", "credentialId": "RK-fPgCzQehomE1Od6-0FqY2e76yA61qRN_TLzS4MD0", "verificationId": "f5440fdc-c86a-48a6-aefa-878dfa771f5d"}', '2026-11-25 08:21:43.640301+00'),
	('01a211cb-e0c5-779b-9edb-3742f60791c2', 'user.registered', 'localhost', 'b32f4d19-59f7-4552-b2e6-87bf91228882', '{"ip": "127.0.0.1", "requestId": "539487d1-7d43-4f21-9757-14948284eb29", "userAgent": "node"}', '2026-11-25 08:21:43.721778+00'),
	('01a211cb-e0cd-71fd-858a-9c7ebac0569d', 'passkey.added', 'localhost', 'b32f4d19-59f7-4552-b2e6-87bf91228882', '{"ip": "127.0.0.1", "passkeyId": "6da0f8b5-8227-4d2d-a78a-d526385f6ee9", "requestId": "539487d1-7d43-4f21-9757-14948284eb29", "userAgent": "node", "credentialId": "RK-fPgCzQehomE1Od6-0FqY2e76yA61qRN_TLzS4MD0"}', '2026-11-25 08:21:43.721778+00'),
	('01a211cb-e106-76d0-94c8-4f6bc38e23d1', 'user.signed-in', 'localhost', 'b32f4d19-59f7-4552-b2e6-87bf91228882', '{"ip": "127.0.0.1", "amr": ["pop", "swk", "user"], "requestId": "7dda0509-3a87-4bee-aa67-553e2fd989dc", "userAgent": "node"}', '2026-11-25 08:21:43.815303+00'),
	('01a211cb-e12e-71ca-b465-aec52750fdcc', 'recovery-codes.created', 'localhost', 'b32f4d19-59f7-4552-b2e6-87bf91228882', '{"ip": "127.0.0.1", "requestId": "c865133b-673f-4a7b-892f-a0404cdb1034", "userAgent": "node"}', '2026-11-25 08:21:43.854759+00'),
	('01a211cb-e181-76ec-a28e-8d11a96c9d54', 'registration.succeeded', 'localhost', NULL, '{"ip": "127.0.0.1", "requestId": "054df2c1-51f0-4aa2-91a3-1ccf6188a7e9", "userAgent": "node", "credentialId": "oqhmifYdREnjbCyIkoEjMyb_xsrDSbGtFNo_MMwCTMQ", "verificationId": "e95b9116-dc9a-44df-8f85-24219abae155"}', '2026-11-25 08:21:43.93829+00'),
	('01a211cb-e1ba-7668-b311-4ca6a430042a', 'user.registered', 'localhost', '0e47a292-2d0a-4406-9fd1-591cefd1b51c', '{"ip": "127.0.0.1", "requestId": "8f1f25a6-c6e6-4214-a494-9235ebcf8f42", "userAgent": "node"}', '2026-11-25 08:21:43.986888+00'),
	('01a211cb-e1be-7643-9e36-2d70a1ca1674', 'passkey.added', 'localhost', '0e47a292-2d0a-4406-9fd1-591cefd1b51c', '{"ip": "127.0.0.1", "passkeyId": "6e64a552-eb90-4992-9c93-ae9a398d323e", "requestId": "8f1f25a6-c6e6-4214-a494-9235ebcf8f42", "userAgent": "node", "credentialId": "oqhmifYdREnjbCyIkoEjMyb_xsrDSbGtFNo_MMwCTMQ"}', '2026-11-25 08:21:43.986888+00'),
	('01a211cb-e1dd-76b2-baf9-3402cf1a1eb7', 'user.signed-in', 'localhost', '0e47a292-2d0a-4406-9fd1-591cefd1b51c', '{"ip": "127.0.0.1", "amr": ["pop", "swk", "user"], "requestId": "7a89a533-4e72-4028-a3f2-3bca6d8516c2", "userAgent": "node"}', '2026-11-25 08:21:44.030231+00'),
	('01a211cb-e1f5-72df-8e23-0d0d93e4d168', 'recovery-codes.created', 'localhost', '0e47a292-2d0a-4406-9fd1-591cefd1b51c', '{"ip": "127.0.0.1", "requestId": "327efb32-6e9d-450c-8881-0e279467c0fe", "userAgent": "node"}', '2026-11-25 08:21:44.0544+00'),
	('01a211cb-e239-7654-bb01-925273e1a97d', 'registration.succeeded', 'localhost', NULL, '{"ip": "127.0.0.1", "requestId": "407f9669-32e6-4e8e-9230-0dd73e0709bd", "userAgent": "node", "credentialId": "ypkI_wl59TxSQwhvHoU1i8YjUlzF9vulqPhX130jBKY", "verificationId": "b609412e-bcaa-40fd-b8cd-a3200d3e095f"}', '2026-11-25 08:21:44.122106+00'),
	('01a211cb-e256-7629-8dc0-a5952b8173c9', 'user.registered', 'localhost', '75c3a293-b6a2-4c24-9c69-4c30504c2320', '{"ip": "127.0.0.1", "requestId": "67220763-4e4e-434a-b372-74140507c603", "userAgent": "node"}', '2026-11-25 08:21:44.138875+00'),
	('01a211cb-e25b-70d1-85e8-498a1278a4b7', 'passkey.added', 'localhost', '75c3a293-b6a2-4c24-9c69-4c30504c2320', '{"ip": "127.0.0.1", "passkeyId": "6c4769f8-679d-4228-8889-7f37b0b42801", "requestId": "67220763-4e4e-434a-b372-74140507c603", "userAgent": "node", "credentialId": "ypkI_wl59TxSQwhvHoU1i8YjUlzF9vulqPhX130jBKY"}', '2026-11-25 08:21:44.138875+00'),
	('01a211cb-e286-72f3-bce9-39199ccb2ae8', 'user.signed-in', 'localhost', '75c3a293-b6a2-4c24-9c69-4c30504c2320', '{"ip": "127.0.0.1", "amr": ["pop", "swk", "user"], "requestId": "0c027474-65e4-4d8b-80d5-68ca7023d4cc", "userAgent": "node"}', '2026-11-25 08:21:44.201747+00'),
	('01a211cb-e2ab-7387-a33c-0b0d7f2dcfab', 'recovery-codes.created', 'localhost', '75c3a293-b6a2-4c24-9c69-4c30504c2320', '{"ip": "127.0.0.1", "requestId": "a4b06ea0-9599-4418-8119-5d3b982bd32d", "userAgent": "node"}', '2026-11-25 08:21:44.235432+00'),
	('01a211cb-e2f4-73c0-9c9c-3dfe424b09e6', 'registration.succeeded', 'localhost', NULL, '{"ip": "127.0.0.1", "requestId": "857202cf-1f2f-4e8c-8b35-cd10669ac93a", "userAgent": "node", "credentialId": "sIgCLuDH0zrxuyScZSVvQ2QZZedlOL86peGBFwNAovo", "verificationId": "45795d7b-a06c-4549-8be8-2d33948b7f5f"}', '2026-11-25 08:21:44.308883+00'),
	('01a211cb-e312-7395-8ad0-5a5a50fb21c7', 'user.registered', 'localhost', '98694c28-a4f9-4acc-9f6a-030084177774', '{"ip": "127.0.0.1", "requestId": "63d220de-9650-4a39-a13a-0cc340d7795a", "userAgent": "node"}', '2026-11-25 08:21:44.322276+00'),
	('01a211cb-e345-76b6-b897-e5dc406a312e', 'passkey.added', 'localhost', '98694c28-a4f9-4acc-9f6a-030084177774', '{"ip": "127.0.0.1", "passkeyId": "8dc2de72-0aeb-410a-b030-f8fccdb09565", "requestId": "63d220de-9650-4a39-a13a-0cc340d7795a", "userAgent": "node", "credentialId": "sIgCLuDH0zrxuyScZSVvQ2QZZedlOL86peGBFwNAovo"}', '2026-11-25 08:21:44.322276+00'),
	('01a211cb-e37a-7029-bb87-1e37a331c90d', 'user.signed-in', 'localhost', '98694c28-a4f9-4acc-9f6a-030084177774', '{"ip": "127.0.0.1", "amr": ["pop", "swk", "user"], "requestId": "86bc1624-ff07-448b-ac53-e5d7c8fa9d2a", "userAgent": "node"}', '2026-11-25 08:21:44.442961+00'),
	('01a211cb-e3a6-7124-a1da-49ef58d2f452', 'recovery-codes.created', 'localhost', '98694c28-a4f9-4acc-9f6a-030084177774', '{"ip": "127.0.0.1", "requestId": "2833b825-dba9-46cc-ae19-fcfc1bb58a6d", "userAgent": "node"}', '2026-11-25 08:21:44.487253+00'),
	('01a211cb-e419-77fe-b977-70526336bc22', 'registration.succeeded', 'localhost', NULL, '{"ip": "127.0.0.1", "requestId": "ae91c0be-487d-41a8-8b05-a5fe1149b1c6", "userAgent": "node", "credentialId": "i9EA-RnFImx8Pfwv1A2NqJXI3tq_hJ6-l2RAI4113NE", "verificationId": "6fa37d84-88f8-47df-bf0a-9ecd896f1b05"}', '2026-11-25 08:21:44.606044+00'),
	('01a211cb-e43a-74f5-8fb6-f3d2f46af177', 'user.registered', 'localhost', 'af02c30c-7e93-48cf-abed-35df538054bd', '{"ip": "127.0.0.1", "requestId": "bb2cc5b7-1958-4975-b858-d947a9e1bd8c", "userAgent": "node"}', '2026-11-25 08:21:44.63159+00'),
	('01a211cb-e43e-74a3-85ee-62521dd28f6b', 'passkey.added', 'localhost', 'af02c30c-7e93-48cf-abed-35df538054bd', '{"ip": "127.0.0.1", "passkeyId": "3971155b-23fd-4f6e-978e-03c2e57f99b3", "requestId": "bb2cc5b7-1958-4975-b858-d947a9e1bd8c", "userAgent": "node", "credentialId": "i9EA-RnFImx8Pfwv1A2NqJXI3tq_hJ6-l2RAI4113NE"}', '2026-11-25 08:21:44.63159+00'),
	('01a211cb-e466-7061-8b80-0470c253a22f', 'user.signed-in', 'localhost', 'af02c30c-7e93-48cf-abed-35df538054bd', '{"ip": "127.0.0.1", "amr": ["pop", "swk", "user"], "requestId": "7fc22152-3c7c-4b6b-b071-fd1c8ca383bb", "userAgent": "node"}', '2026-11-25 08:21:44.679042+00'),
	('01a211cb-e4a8-7008-9fe8-77835570d812', 'authentication.succeeded', 'localhost', 'af02c30c-7e93-48cf-abed-35df538054bd', '{"ip": "127.0.0.1", "amr": ["swk", "pop", "user"], "passkeyId": "3971155b-23fd-4f6e-978e-03c2e57f99b3", "requestId": "ceb1a3ac-cfff-4cc6-8d02-fbd76f9b424e", "userAgent": "node", "credentialId": "i9EA-RnFImx8Pfwv1A2NqJXI3tq_hJ6-l2RAI4113NE", "verificationId": "17d6316c-30ba-4bc3-8e24-0754bca0cf94"}', '2026-11-25 08:21:44.745693+00'),
	('01a211cb-e509-7685-998a-e9ad4faf07d1', 'authentication.succeeded', 'localhost', 'af02c30c-7e93-48cf-abed-35df538054bd', '{"ip": "127.0.0.1", "amr": ["swk", "pop", "user"], "passkeyId": "3971155b-23fd-4f6e-978e-03c2e57f99b3", "requestId": "bd34064f-d357-4e4e-8983-104d4be205dc", "userAgent": "node", "credentialId": "i9EA-RnFImx8Pfwv1A2NqJXI3tq_hJ6-l2RAI4113NE", "verificationId": "dbd5ec7a-a8e5-4d74-aa47-f8e795bd2fd1"}', '2026-11-25 08:21:44.850736+00'),
	('01a211cb-e55e-75c4-9aaf-ea86cecd945a', 'registration.succeeded', 'localhost', NULL, '{"ip": "127.0.0.1", "requestId": "acb55403-9e46-4664-8bfe-dfcfb8510275", "userAgent": "node", "credentialId": "LRRuEXdgYhd5fpDRF6a1l8Gxg65Hxg9wwvtKtO9kdoo", "verificationId": "4d208001-08b1-448c-a93e-8ef7313af773"}', '2026-11-25 08:21:44.927957+00'),
	('01a211cb-e578-71fe-8fa4-020f298a5a56', 'recovery.failed', 'localhost', 'b32f4d19-59f7-4552-b2e6-87bf91228882', '{"ip": "127.0.0.1", "code": "session.mfa.invalid_recovery_code", "reason": "the user has no such code", "requestId": "f0b226da-84d4-4cb7-86a2-41bcbb0c3268", "userAgent": "node", "verificationId": "77bfd63d-b806-439e-ad86-7e44bf83e117"}', '2026-11-25 08:21:44.95322+00');

INSERT INTO public.credential_records VALUES
	('6da0f8b5-8227-4d2d-a78a-d526385f6ee9', 'b32f4d19-59f7-4552-b2e6-87bf91228882', 'localhost', '\x44af9f3e00b341e868984d4e77afb416a6367bbeb203ad6a44dfd32f34b8303d', '\xa5010203262001215820792179625ffbf4df01577e981a80d3f39f892937e41f7f0c5b643ecca90a54fc22582081c4823eb45c8600d811b36efe994635e601e5b0f24a91da5ff8929108e15f64', 0, '{internal,hybrid}', '00000000-0000-0000-0000-000000000000', true, true, true, true, 'none', NULL, '2026-11-25 08:21:43.721778+00', NULL, '\x54f1fa3737fdad0d62c6a2dde10eca2bb60ae407e02018fb323ef9c19ed2e8bdb6ef9377fefd07537e61734d893f0d3bdf701daf1b64f3d1dd1af022e17f6305', NULL),
	('6e64a552-eb90-4992-9c93-ae9a398d323e', '0e47a292-2d0a-4406-9fd1-591cefd1b51c', 'localhost', '\xa2a86689f61d4449e36c2c889281233326ffc6cac349b1ad14da3f30cc024cc4', '\xa501020326200121582020931206e28d1b6cc576c5c3b0b833aaa7696f12dad10639bfbc1c33db1ced12225820576a000edcc4df92423c8ae48c843a981944ff9b414f28e1226787b307edba63', 0, '{internal,hybrid}', '00000000-0000-0000-0000-000000000000', true, true, true, true, 'none', NULL, '2026-11-25 08:21:43.986888+00', NULL, '\x9b6805768f043da3b43ee0c980722afadb315d9b8388923f96ffd9eafef0ea2ba43143bcb5d914348f9d5d4e79df27eb99cc00538be45919f747a7587487752b', NULL),
	('6c4769f8-679d-4228-8889-7f37b0b42801', '75c3a293-b6a2-4c24-9c69-4c30504c2320', 'localhost', '\xca9908ff0979f53c5243086f1e85358bc623525cc5f6fba5a8f857d77d2304a6', '\xa5010203262001215820a05a63de281980ed9b2dd119f926e4db68e5f688898537d0f744f3529c497d162258203336518bce48a0a29b9c1e9baf85ca9011b692268bb52f87761506d98171f456', 0, '{internal,hybrid}', '00000000-0000-0000-0000-000000000000', true, true, true, true, 'none', NULL, '2026-11-25 08:21:44.138875+00', NULL, '\xb7c614a4ca3dbbd90fbbc752293251b1fed34f786a22df026e7bec83692bef3859443c912b1a50fbb8baabb507caee06dc2f68e1d82271f41fa4a7d38dd17383', NULL),
	('8dc2de72-0aeb-410a-b030-f8fccdb09565', '98694c28-a4f9-4acc-9f6a-030084177774', 'localhost', '\xb088022ee0c7d33af1bb249c65256f43641965e76538bf3aa5e181170340a2fa', '\xa501020326200121582008c371e92b744de4df050f3161d970d5ff034c2d4d213efb0f2505286ab5b0c1225820e59b1fa9f83c66b13bd535a857e8179360afdb6ad869eb0cc7646a46f6cd4cc6', 0, '{internal,hybrid}', '00000000-0000-0000-0000-000000000000', true, true, true, true, 'none', NULL, '2026-11-25 08:21:44.322276+00', NULL, '\x79f0f061edf75eda278406646ab6a050ed6a9460ea075962941fef0ca8653f93a290d840791a46ff653e59baa7aae529d362d861d6ed603218519a960243e2b7', NULL),
	('3971155b-23fd-4f6e-978e-03c2e57f99b3', 'af02c30c-7e93-48cf-abed-35df538054bd', 'localhost', '\x8bd100f919c5226c7c3dfc2fd40d8da895c8dedabf849ebe976440238d75dcd1', '\xa501020326200121582008c88007b47d5a25f71628c174fe2b3c020450fce39cf27e063920dc586480f2225820d6969ea7cbf749fd29d5ffd7f1072fdd0ce238e1de5be9946ba2290f3d77de3b', 0, '{internal,hybrid}', '00000000-0000-0000-0000-000000000000', true, true, true, true, 'none', NULL, '2026-11-25 08:21:44.63159+00', '2026-11-25 08:21:44.850736+00', '\xf7c7d3cbeb42d63cf41dd9c7484e923a363119bf5f412f5cc0877e5cfca7b031f80a97fb833e5fb0fba4fa7beff355f79c16b3a8a028395ea0faf269dbc81d10', NULL);

INSERT INTO public.failed_attempts VALUES
	('\x7ba8c9caac2a93b074eb4d5adf1163bd', 1, NULL, '2999-01-01 00:00:00+00');

INSERT INTO public.interactions VALUES
	('\x0d171331db1feefdb827128e512b6dcecee76983b5cc93597c0f0e00926501e7', 'SignIn', NULL, '{}', '2999-01-01 00:00:00+00'),
	('\x8addf2610d47062a6181e89d66bd02b2db0e585fcbed39007f9b38726d464e6b', 'SignIn', 'af02c30c-7e93-48cf-abed-35df538054bd', '{pop,swk,user}', '2999-01-01 00:00:00+00'),
	('\xfaa0de255633ade8f99e3b0eaabab3f8d781dfef5c2eb84926a7000d5ff543d5', 'Register', NULL, '{}', '2999-01-01 00:00:00+00');

INSERT INTO public.migrations VALUES
	(1, 1764000000000, 'Foundation1764000000000'),
	(2, 1764100000000, 'PasskeyCapabilities1764100000000'),
	(3, 1764200000000, 'SparingWrites1764200000000'),
	(4, 1764300000000, 'Limits1764300000000');

INSERT INTO public.recovery_codes VALUES
	('b32f4d19-59f7-4552-b2e6-87bf91228882', '\x9ee64ea575bd9d7e56ddc6cdeb63bda2276cd3740385385a9e3a3e2110b211b9', '2026-11-25 08:21:43.854759+00'),
	('b32f4d19-59f7-4552-b2e6-87bf91228882', '\x17c386adbab49ff2bed5ec0146104116700c7eb9fd6c563ea03f1d8cd3fc11b2', '2026-11-25 08:21:43.854759+00'),
	('b32f4d19-59f7-4552-b2e6-87bf91228882', '\x6c80581784a1995e169a4671e40aa9666c96541b1c05b556aef2de1eaaa08757', '2026-11-25 08:21:43.854759+00'),
	('b32f4d19-59f7-4552-b2e6-87bf91228882', '\x56d19b47a4e3f16e0e0bbdeb697dbd96121c0df4ee31c51635ab3de353f7018a', '2026-11-25 08:21:43.854759+00'),
	('b32f4d19-59f7-4552-b2e6-87bf91228882', '\x7b6c93f6f8f580eaa2b63744d171e50dd96af349fc69d3cde7e4e949ec7c1eed', '2026-11-25 08:21:43.854759+00'),
	('b32f4d19-59f7-4552-b2e6-87bf91228882', '\x3363d9530e6d717ecd0052dcdc10110bd618178f71501d03c83a64a3504fc3df', '2026-11-25 08:21:43.854759+00'),
	('b32f4d19-59f7-4552-b2e6-87bf91228882', '\x11de8dd44e733cbe3bc61d5e418fde6a86cfb232e0fa148d4a2b103605a0489f', '2026-11-25 08:21:43.854759+00'),
	('b32f4d19-59f7-4552-b2e6-87bf91228882', '\x929e0cd67db1a5e532b319a3504b163284ae2e55a2d8e4f2f98525addf1c8c73', '2026-11-25 08:21:43.854759+00'),
	('b32f4d19-59f7-4552-b2e6-87bf91228882', '\xc5a2f9cc7e746b89a6a29913b3e066565ed6772a0dac8032869c2298ad01eab2', '2026-11-25 08:21:43.854759+00'),
	('b32f4d19-59f7-4552-b2e6-87bf91228882', '\xe3983e0bde951f3e1392cfcd9f891f658915576788d628ae2020d999794369ee', '2026-11-25 08:21:43.854759+00'),
	('0e47a292-2d0a-4406-9fd1-591cefd1b51c', '\xd144893ebf83371f9b9fea0c5d6a679a116f45cfb8f0362fac281f3cdd916387', '2026-11-25 08:21:44.0544+00'),
	('0e47a292-2d0a-4406-9fd1-591cefd1b51c', '\xa4560e6e282b8970b580548f7cc59433e58c99f1281d69f559825554639f2214', '2026-11-25 08:21:44.0544+00'),
	('0e47a292-2d0a-4406-9fd1-591cefd1b51c', '\x32f2478d6a747ff623f086472dfd24d81a1a79cf652e32541cc96f78c9fed14e', '2026-11-25 08:21:44.0544+00'),
	('0e47a292-2d0a-4406-9fd1-591cefd1b51c', '\xe3d9e6b0396af8b0be22ce4d801d5f7bfdabcadfa5c5107159fe5514acfbf0e1', '2026-11-25 08:21:44.0544+00'),
	('0e47a292-2d0a-4406-9fd1-591cefd1b51c', '\xe9948943d6fd142a30c9a09b0145ced0965afcc194fd2b76aa63800a16775067', '2026-11-25 08:21:44.0544+00'),
	('0e47a292-2d0a-4406-9fd1-591cefd1b51c', '\xbc3d9918a62a43515804a8b9c221497768e3d9f92acb751f9d6d43e7e31965ed', '2026-11-25 08:21:44.0544+00'),
	('0e47a292-2d0a-4406-9fd1-591cefd1b51c', '\x10018796009abe3ffc09c934a68758198a4fb0975a7e813e3ba2381ef42a70e9', '2026-11-25 08:21:44.0544+00'),
	('0e47a292-2d0a-4406-9fd1-591cefd1b51c', '\xd52dd895603b92a682165385f108030802206549f5c6e774b69d238aba8d25b9', '2026-11-25 08:21:44.0544+00'),
	('0e47a292-2d0a-4406-9fd1-591cefd1b51c', '\x15f1b91c8df0ea4becd010528258331d50ac7097d903612872120b14f0434951', '2026-11-25 08:21:44.0544+00'),
	('0e47a292-2d0a-4406-9fd1-591cefd1b51c', '\x5ed5f50a4c5124f9dee1a41d84249a33fe5d8b249b597b8db35b8737e23dbcee', '2026-11-25 08:21:44.0544+00'),
	('75c3a293-b6a2-4c24-9c69-4c30504c2320', '\xbf4457f37606a0985ffd1fc90894da205fb7a8a0ec2e157952cfc01029eaad17', '2026-11-25 08:21:44.235432+00'),
	('75c3a293-b6a2-4c24-9c69-4c30504c2320', '\x188511b69bd81d1ef872e6c83e7b43c891850c152b0f5a4dd802eaec942dbb91', '2026-11-25 08:21:44.235432+00'),
	('75c3a293-b6a2-4c24-9c69-4c30504c2320', '\x31917d3582767b5df721879096654c94e0bb70f149d0d480e30ff5e7e960afa2', '2026-11-25 08:21:44.235432+00'),
	('75c3a293-b6a2-4c24-9c69-4c30504c2320', '\xe2787e0772b71dc8a29eb172d72b20b263ba7a8938d30695318cb81a62b376a9', '2026-11-25 08:21:44.235432+00'),
	('75c3a293-b6a2-4c24-9c69-4c30504c2320', '\x41282b06cdcc9edc0c2c74d23df2c7a6a985f1d82f648e2ef986cc43f961e257', '2026-11-25 08:21:44.235432+00'),
	('75c3a293-b6a2-4c24-9c69-4c30504c2320', '\xd88eb4d9e8d8758cab6ffa24a69a9c294614b79b5b47a30df573f94e7a1d1ab4', '2026-11-25 08:21:44.235432+00'),
	('75c3a293-b6a2-4c24-9c69-4c30504c2320', '\x5a20b23f08b69034375c4dd04181c496a7501fac9e321b681baf5e510bdc8edb', '2026-11-25 08:21:44.235432+00'),
	('75c3a293-b6a2-4c24-9c69-4c30504c2320', '\x3076f10b9dacff549975cafc23690eafb826e3c0d83a16019f0efc47a6c0c6f5', '2026-11-25 08:21:44.235432+00'),
	('75c3a293-b6a2-4c24-9c69-4c30504c2320', '\xc398ea6b3a4eda1dc0283d7ed89e6bb66df098a884630e8ff3030b92146edfbf', '2026-11-25 08:21:44.235432+00'),
	('75c3a293-b6a2-4c24-9c69-4c30504c2320', '\x15c338b17925414d91a2bef7e3b76a0942e1faa2d9af670784a643776c01c992', '2026-11-25 08:21:44.235432+00'),
	('98694c28-a4f9-4acc-9f6a-030084177774', '\x2fc6e3ddb6362333a38ffe85a8b11abe7cd7d0882a9534c58143a19fa13ab653', '2026-11-25 08:21:44.487253+00'),
	('98694c28-a4f9-4acc-9f6a-030084177774', '\x095565a579ab4ac404b1d24721928d209588525c96de71d92507b80f4861af24', '2026-11-25 08:21:44.487253+00'),
	('98694c28-a4f9-4acc-9f6a-030084177774', '\xa2cc3612c8604286d73ebd7ed0b25f5eb2bb08e69846a6657691157918d7a102', '2026-11-25 08:21:44.487253+00'),
	('98694c28-a4f9-4acc-9f6a-030084177774', '\x59de9f902f874ac0863526750a09ad756ab187e815985a8881fdbc4578e31d51', '2026-11-25 08:21:44.487253+00'),
	('98694c28-a4f9-4acc-9f6a-030084177774', '\x910cb6bef89476180314f452d88758a266274fb0cbf54e13e91f082c9513c3b7', '2026-11-25 08:21:44.487253+00'),
	('98694c28-a4f9-4acc-9f6a-030084177774', '\xebf5dbffd13bfdba921984abb1127f979ae8c57083a165df3fbfa89051ed6a03', '2026-11-25 08:21:44.487253+00'),
	('98694c28-a4f9-4acc-9f6a-030084177774', '\x2b9d7a526d51cf654eb8e137b5575dc22d3bc48cae47c269e67441fd628d1a70', '2026-11-25 08:21:44.487253+00'),
	('98694c28-a4f9-4acc-9f6a-030084177774', '\x8c890dc7898fc8e3f470d81d82ef21995be4da9394f60a330ff5206a3939a699', '2026-11-25 08:21:44.487253+00'),
	('98694c28-a4f9-4acc-9f6a-030084177774', '\xef9c5fddc833cfa8666c4c62322500423a9d7618eb367023b03d0a140f495202', '2026-11-25 08:21:44.487253+00'),
	('98694c28-a4f9-4acc-9f6a-030084177774', '\xe78d78a6d6e6c4c015d6315610b2eade720ecb8fe94fd21b09d998d344eace9c', '2026-11-25 08:21:44.487253+00');

INSERT INTO public.sessions VALUES
	('\x175d44bf215880e1ed1e91f69ffdc76ad394dc1f32455ad0c31cc11e90855316', 'b32f4d19-59f7-4552-b2e6-87bf91228882', '{pop,swk,user}', '2026-11-25 08:21:43.80277+00', '2999-01-01 00:00:00+00'),
	('\x48da563e0619bc544e0d62dfbd89bdedeef7654d81b79933f9aaf9a427a560ea', '0e47a292-2d0a-4406-9fd1-591cefd1b51c', '{pop,swk,user}', '2026-11-25 08:21:44.022993+00', '2999-01-01 00:00:00+00'),
	('\xcf16d493f6424ad6a6553d03914120bd0a28ca75f5d7bac6a8c18f5d99cf9218', '75c3a293-b6a2-4c24-9c69-4c30504c2320', '{pop,swk,user}', '2026-11-25 08:21:44.192273+00', '2999-01-01 00:00:00+00'),
	('\xc4f9c1d00b7f5192eaa8cecf541b3d6036adc1bea2ef1e49656049f5558b8afe', '98694c28-a4f9-4acc-9f6a-030084177774', '{pop,swk,user}', '2026-11-25 08:21:44.438726+00', '2999-01-01 00:00:00+00'),
	('\xc0ae29e50cc7b8cd9db0a0c7cb536e2731014c67d5b65323ef4385ae721bc44f', 'af02c30c-7e93-48cf-abed-35df538054bd', '{pop,swk,user}', '2026-11-25 08:21:44.673041+00', '2999-01-01 00:00:00+00');

INSERT INTO public.sweeps VALUES
	('sessions', '2020-01-01 00:00:00+00');

INSERT INTO public.users VALUES
	('b32f4d19-59f7-4552-b2e6-87bf91228882', '\x54f1fa3737fdad0d62c6a2dde10eca2bb60ae407e02018fb323ef9c19ed2e8bdb6ef9377fefd07537e61734d893f0d3bdf701daf1b64f3d1dd1af022e17f6305', 'Ada', NULL, NULL, false, '2026-11-25 08:21:43.721778+00'),
	('0e47a292-2d0a-4406-9fd1-591cefd1b51c', '\x9b6805768f043da3b43ee0c980722afadb315d9b8388923f96ffd9eafef0ea2ba43143bcb5d914348f9d5d4e79df27eb99cc00538be45919f747a7587487752b', NULL, 'grace@example.com', NULL, false, '2026-11-25 08:21:43.986888+00'),
	('75c3a293-b6a2-4c24-9c69-4c30504c2320', '\xb7c614a4ca3dbbd90fbbc752293251b1fed34f786a22df026e7bec83692bef3859443c912b1a50fbb8baabb507caee06dc2f68e1d82271f41fa4a7d38dd17383', NULL, NULL, '+442071838750', false, '2026-11-25 08:21:44.138875+00'),
	('98694c28-a4f9-4acc-9f6a-030084177774', '\x79f0f061edf75eda278406646ab6a050ed6a9460ea075962941fef0ca8653f93a290d840791a46ff653e59baa7aae529d362d861d6ed603218519a960243e2b7', 'Lin', 'lin@example.com', '+442071838751', false, '2026-11-25 08:21:44.322276+00'),
	('70103059-f6aa-46a6-800d-06c26585df76', '\xc9d420d615c526c91a1fecf41b47b1ecd2956570727d3dee682cc87fc2d4a40e4387e598c0f826b7778c892357bc3cfbb092783c20e398556e9d3fbbf8b671c2', 'Gone', 'gone@example.com', NULL, true, '2026-11-25 08:21:44.515713+00'),
	('af02c30c-7e93-48cf-abed-35df538054bd', '\xf7c7d3cbeb42d63cf41dd9c7484e923a363119bf5f412f5cc0877e5cfca7b031f80a97fb833e5fb0fba4fa7beff355f79c16b3a8a028395ea0faf269dbc81d10', 'Mid', NULL, NULL, false, '2026-11-25 08:21:44.63159+00');

INSERT INTO public.verification_records VALUES
	('\x0d171331db1feefdb827128e512b6dcecee76983b5cc93597c0f0e00926501e7', '17d6316c-30ba-4bc3-8e24-0754bca0cf94', 'authentication', 'verified', '\x427a21da9d96be2cf341624a6f6bd2b8b907d8df979f1a926eaf894bd40b3073', 'localhost', '{"identifierHash": "RcvIKB44tfRcJxSqIsngww", "userVerification": "required"}', 'af02c30c-7e93-48cf-abed-35df538054bd', false, NULL, '3971155b-23fd-4f6e-978e-03c2e57f99b3', NULL, '2026-11-25 08:21:44.707091+00', '2999-01-01 00:00:00+00'),
	('\xfaa0de255633ade8f99e3b0eaabab3f8d781dfef5c2eb84926a7000d5ff543d5', '4d208001-08b1-448c-a93e-8ef7313af773', 'registration', 'verified', '\x1e56086fe66369ca0a9c42fccec3bf2ab3af5db58a1c4bfb90cca8df2a64e6b7', 'localhost', '{"algorithms": [-8, -7, -257], "identifier": {"type": "email", "value": "new@example.com"}, "attestation": "none", "residentKey": "required", "userVerification": "required"}', NULL, false, '\x354963bef6eba36f07b2ae6ddcfb939b02fb04acc5781c43ffb5d3fe701d254355b51095cf6211bdb66efc2575a0035090c5d63266d351285c04c3fc01a4d389', NULL, '{"rpId": "localhost", "aaguid": "00000000-0000-0000-0000-000000000000", "publicKey": "pQECAyYgASFYIGVHj6p4wqpC61W7EfKltluhd9ihjn_b3nIQyjNoAKQEIlggnjuSfc6PzZiBS-Z9Ek2LYU1Tj7lSoosz0ijdPiRwOfM", "signCount": 0, "transports": ["internal", "hybrid"], "backupState": true, "credentialId": "LRRuEXdgYhd5fpDRF6a1l8Gxg65Hxg9wwvtKtO9kdoo", "discoverable": true, "uvInitialized": true, "backupEligible": true, "attestationFormat": "none"}', '2026-11-25 08:21:44.902044+00', '2999-01-01 00:00:00+00');

INSERT INTO public.webhook_deliveries VALUES
	('01a211cb-e057-71ed-8b7e-0ce7b286b91a', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e0c5-779b-9edb-3742f60791c2', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e0cd-71fd-858a-9c7ebac0569d', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e106-76d0-94c8-4f6bc38e23d1', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e12e-71ca-b465-aec52750fdcc', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e181-76ec-a28e-8d11a96c9d54', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e1ba-7668-b311-4ca6a430042a', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e1be-7643-9e36-2d70a1ca1674', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e1dd-76b2-baf9-3402cf1a1eb7', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e1f5-72df-8e23-0d0d93e4d168', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e239-7654-bb01-925273e1a97d', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e256-7629-8dc0-a5952b8173c9', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e25b-70d1-85e8-498a1278a4b7', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e286-72f3-bce9-39199ccb2ae8', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e2ab-7387-a33c-0b0d7f2dcfab', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e2f4-73c0-9c9c-3dfe424b09e6', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e345-76b6-b897-e5dc406a312e', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e312-7395-8ad0-5a5a50fb21c7', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e37a-7029-bb87-1e37a331c90d', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e3a6-7124-a1da-49ef58d2f452', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e419-77fe-b977-70526336bc22', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e43a-74f5-8fb6-f3d2f46af177', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e43e-74a3-85ee-62521dd28f6b', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e466-7061-8b80-0470c253a22f', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e4a8-7008-9fe8-77835570d812', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e509-7685-998a-e9ad4faf07d1', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e55e-75c4-9aaf-ea86cecd945a', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00'),
	('01a211cb-e578-71fe-8fa4-020f298a5a56', 'http://127.0.0.1:9/', 1, '2999-01-01 00:00:00+00');

SELECT pg_catalog.setval('public.migrations_id_seq', 4, true);

ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_events
    ADD CONSTRAINT audit_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.credential_records
    ADD CONSTRAINT credential_records_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.credential_records
    ADD CONSTRAINT credential_records_rp_id_credential_id_key UNIQUE (rp_id, credential_id);

ALTER TABLE ONLY public.failed_attempts
    ADD CONSTRAINT failed_attempts_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.interactions
    ADD CONSTRAINT interactions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rate_limits
    ADD CONSTRAINT rate_limits_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (user_id, code_hash);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sweeps
    ADD CONSTRAINT sweeps_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_primary_email_key UNIQUE (primary_email);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_primary_phone_key UNIQUE (primary_phone);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_user_handle_key UNIQUE (user_handle);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_username_key UNIQUE (username);

ALTER TABLE ONLY public.verification_records
    ADD CONSTRAINT verification_records_pkey PRIMARY KEY (interaction_id, id);

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (event_id, url);

CREATE INDEX audit_events_user_id_id_idx ON public.audit_events USING btree (user_id, id);

CREATE INDEX credential_records_user_id_rp_id_idx ON public.credential_records USING btree (user_id, rp_id);

CREATE INDEX sessions_user_id_idx ON public.sessions USING btree (user_id);

CREATE INDEX webhook_deliveries_next_attempt_at_idx ON public.webhook_deliveries USING btree (next_attempt_at);

ALTER TABLE ONLY public.credential_records
    ADD CONSTRAINT credential_records_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.audit_events(id) ON DELETE CASCADE;

INSERT INTO public.rate_limits VALUES ('\x00', 7, '2999-01-01 00:00:00+00');
