CREATE TABLE "audit_checkpoint_copies" (
	"tree_size" bigint NOT NULL,
	"place" text NOT NULL,
	"kept_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "audit_checkpoint_copies_pkey" PRIMARY KEY("tree_size","place")
);
--> statement-breakpoint
CREATE TABLE "audit_checkpoints" (
	"tree_size" bigint PRIMARY KEY NOT NULL,
	"note" text NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL,
	"cause" text NOT NULL,
	CONSTRAINT "audit_checkpoints_cause_known" CHECK ("audit_checkpoints"."cause" in ('schedule', 'count', 'shutdown', 'demand'))
);
--> statement-breakpoint
CREATE TABLE "audit_epochs" (
	"epoch" integer PRIMARY KEY NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_leaves" (
	"sequence" bigint PRIMARY KEY NOT NULL,
	"entry_id" uuid NOT NULL,
	"leaf" "bytea" NOT NULL,
	"sealed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_nodes" (
	"level" smallint NOT NULL,
	"index" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "audit_nodes_pkey" PRIMARY KEY("level","index")
);
--> statement-breakpoint
CREATE TABLE "audit_sealed_details" (
	"entry_id" uuid PRIMARY KEY NOT NULL,
	"subject_key_id" uuid NOT NULL,
	"ciphertext" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_subject_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject_ref" text NOT NULL,
	"subject_epoch" integer NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_unsealed" (
	"entry_id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_verifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"started_by" uuid,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"tree_size" bigint NOT NULL,
	"checked" bigint DEFAULT 0 NOT NULL,
	"findings" jsonb
);
--> statement-breakpoint
CREATE TABLE "member_code_apps" (
	"member_id" uuid PRIMARY KEY NOT NULL,
	"secret_sealed" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"last_step" bigint
);
--> statement-breakpoint
CREATE TABLE "member_identities" (
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"member_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "member_identities_pkey" PRIMARY KEY("issuer","subject")
);
--> statement-breakpoint
CREATE TABLE "member_invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"token_hash" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"withdrawn_at" timestamp (3) with time zone,
	CONSTRAINT "member_invitations_purpose_known" CHECK ("member_invitations"."purpose" in ('join', 'return'))
);
--> statement-breakpoint
CREATE TABLE "member_recovery_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "members" ALTER COLUMN "password_hash" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD COLUMN "subject_ref" text;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD COLUMN "subject_epoch" integer;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD COLUMN "sealed_hash" text;--> statement-breakpoint
ALTER TABLE "member_sessions" ADD COLUMN "proved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "member_sessions" ADD COLUMN "proved_with" text;--> statement-breakpoint
UPDATE "member_sessions" SET "proved_at" = "created_at", "proved_with" = 'password';--> statement-breakpoint
ALTER TABLE "member_sessions" ALTER COLUMN "proved_at" SET NOT NULL, ALTER COLUMN "proved_with" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_checkpoint_copies" ADD CONSTRAINT "audit_checkpoint_copies_tree_size_audit_checkpoints_tree_size_fk" FOREIGN KEY ("tree_size") REFERENCES "public"."audit_checkpoints"("tree_size") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_leaves" ADD CONSTRAINT "audit_leaves_entry_id_audit_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."audit_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_sealed_details" ADD CONSTRAINT "audit_sealed_details_entry_id_audit_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."audit_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_subject_keys" ADD CONSTRAINT "audit_subject_keys_subject_epoch_audit_epochs_epoch_fk" FOREIGN KEY ("subject_epoch") REFERENCES "public"."audit_epochs"("epoch") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_code_apps" ADD CONSTRAINT "member_code_apps_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_identities" ADD CONSTRAINT "member_identities_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_invitations" ADD CONSTRAINT "member_invitations_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_invitations" ADD CONSTRAINT "member_invitations_created_by_members_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_recovery_codes" ADD CONSTRAINT "member_recovery_codes_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "audit_leaves_entry_key" ON "audit_leaves" USING btree ("entry_id");--> statement-breakpoint
CREATE INDEX "audit_subject_keys_subject" ON "audit_subject_keys" USING btree ("subject_ref");--> statement-breakpoint
CREATE INDEX "audit_verifications_started" ON "audit_verifications" USING btree ("started_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "member_invitations_token_key" ON "member_invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "member_invitations_open_key" ON "member_invitations" USING btree ("member_id") WHERE used_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "member_recovery_codes_code_key" ON "member_recovery_codes" USING btree ("member_id","code_hash");--> statement-breakpoint
CREATE INDEX "audit_entries_actor" ON "audit_entries" USING btree ("actor_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_entries_action" ON "audit_entries" USING btree ("action","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_entries_subject" ON "audit_entries" USING btree ("subject_ref","at" DESC NULLS LAST) WHERE subject_ref is not null;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_subject_whole" CHECK (("audit_entries"."subject_ref" is null) = ("audit_entries"."subject_epoch" is null));--> statement-breakpoint
ALTER TABLE "member_sessions" ADD CONSTRAINT "member_sessions_proved_with_known" CHECK ("member_sessions"."proved_with" in ('password', 'totp', 'recovery_code', 'single_sign_on'));--> statement-breakpoint
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;--> statement-breakpoint
DO $$
DECLARE
	name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['audit_epochs', 'audit_sealed_details', 'audit_leaves', 'audit_nodes', 'audit_checkpoints', 'audit_checkpoint_copies'] LOOP
		EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()', name || '_no_change', name);
		EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()', name || '_no_truncate', name);
	END LOOP;
END $$;--> statement-breakpoint
CREATE TRIGGER audit_subject_keys_no_change BEFORE UPDATE ON "audit_subject_keys" FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();--> statement-breakpoint
CREATE FUNCTION await_audit_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO audit_unsealed (entry_id, at) VALUES (NEW.id, NEW.at);
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER audit_entries_await_seal AFTER INSERT ON "audit_entries" FOR EACH ROW EXECUTE FUNCTION await_audit_seal();--> statement-breakpoint
INSERT INTO audit_unsealed (entry_id, at) SELECT id, at FROM audit_entries;
