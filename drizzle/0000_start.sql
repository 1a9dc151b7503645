CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE TABLE "application_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"application_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"ending" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "applications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"channels" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	CONSTRAINT "applications_name_key" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"request_digest" text NOT NULL,
	"status" integer,
	"body" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "gateways" (
	"name" text PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"intent_version" integer,
	"flag_state" text NOT NULL,
	"definition_hash" text,
	"people_circuit" text NOT NULL,
	"journal_lines" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"version" integer PRIMARY KEY NOT NULL,
	"values" jsonb NOT NULL,
	"changed_by" uuid,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rollout_intents" (
	"flag" text PRIMARY KEY NOT NULL,
	"exposure_percent" smallint NOT NULL,
	"halted" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_by" uuid,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rollout_intents_exposure_range" CHECK ("rollout_intents"."exposure_percent" between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "expired_events" (
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"happened_at" timestamp (3) with time zone NOT NULL,
	"replayed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "expired_events_pkey" PRIMARY KEY("id","kind")
);
--> statement-breakpoint
CREATE TABLE "latency_rollups" (
	"minute" timestamp (3) with time zone NOT NULL,
	"source" text NOT NULL,
	"bucket" smallint NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "latency_rollups_pkey" PRIMARY KEY("minute","source","bucket")
);
--> statement-breakpoint
CREATE TABLE "login_outcomes" (
	"login_id" uuid NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"application_id" uuid NOT NULL,
	"person_id" uuid,
	"path" text NOT NULL,
	"path_reason" text NOT NULL,
	"outcome" text NOT NULL,
	"fallback_reason" text NOT NULL,
	"locked_out" boolean DEFAULT false NOT NULL,
	"attempts" smallint NOT NULL,
	"purpose" text NOT NULL,
	"channel" text NOT NULL,
	"device_class" text NOT NULL,
	"exposure_percent" smallint NOT NULL,
	CONSTRAINT "login_outcomes_pkey" PRIMARY KEY("opened_at","login_id")
) PARTITION BY RANGE ("opened_at");
--> statement-breakpoint
CREATE TABLE "login_reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"login_id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"note" text,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "login_rollups" (
	"minute" timestamp (3) with time zone NOT NULL,
	"application_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"device_class" text NOT NULL,
	"purpose" text NOT NULL,
	"exposure_percent" smallint NOT NULL,
	"path" text NOT NULL,
	"path_reason" text NOT NULL,
	"outcome" text NOT NULL,
	"fallback_reason" text NOT NULL,
	"count" bigint NOT NULL,
	"locked_out" bigint NOT NULL,
	CONSTRAINT "login_rollups_pkey" PRIMARY KEY("minute","application_id","channel","device_class","purpose","exposure_percent","path","path_reason","outcome","fallback_reason")
);
--> statement-breakpoint
CREATE TABLE "login_states" (
	"id" uuid PRIMARY KEY NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"application_id" uuid NOT NULL,
	"person_id" uuid,
	"path" text NOT NULL,
	"attempts_used" integer DEFAULT 0 NOT NULL,
	"attempts_allowed" integer NOT NULL,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "logins" (
	"id" uuid NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"application_id" uuid NOT NULL,
	"person_id" uuid,
	"bucket" smallint,
	"path" text NOT NULL,
	"reason" text NOT NULL,
	"exposure_percent" smallint NOT NULL,
	"purpose" text NOT NULL,
	"channel" text NOT NULL,
	"device_class" text NOT NULL,
	"device_os" text,
	"app_version" text,
	CONSTRAINT "logins_pkey" PRIMARY KEY("opened_at","id")
) PARTITION BY RANGE ("opened_at");
--> statement-breakpoint
CREATE TABLE "verification_rollups" (
	"minute" timestamp (3) with time zone NOT NULL,
	"source" text NOT NULL,
	"actor_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"device_class" text NOT NULL,
	"modality" text NOT NULL,
	"exposure_percent" smallint NOT NULL,
	"outcome" text NOT NULL,
	"reason" text NOT NULL,
	"api_status" smallint NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "verification_rollups_pkey" PRIMARY KEY("minute","source","actor_id","channel","device_class","modality","exposure_percent","outcome","reason","api_status")
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" uuid NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"login_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	"source" text NOT NULL,
	"actor_id" uuid NOT NULL,
	"person_id" uuid,
	"attempt" smallint NOT NULL,
	"modality" text NOT NULL,
	"outcome" text NOT NULL,
	"reason" text NOT NULL,
	"decision" text NOT NULL,
	"feedback_code" text NOT NULL,
	"catalogue_version" smallint NOT NULL,
	"channel" text NOT NULL,
	"device_class" text NOT NULL,
	"purpose" text NOT NULL,
	"exposure_percent" smallint NOT NULL,
	"policy_version" integer NOT NULL,
	"api_operation" text,
	"api_status" smallint,
	"api_message" text,
	"api_tries" smallint DEFAULT 0 NOT NULL,
	"api_latency_ms" integer,
	"face_matched" boolean,
	"fingers_sent" smallint[] DEFAULT '{}' NOT NULL,
	"fingers_not_matched" smallint[] DEFAULT '{}' NOT NULL,
	"fingers_listed" smallint[] DEFAULT '{}' NOT NULL,
	"gateway" text NOT NULL,
	CONSTRAINT "verifications_pkey" PRIMARY KEY("opened_at","id")
) PARTITION BY RANGE ("opened_at");
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" uuid,
	"actor_role" text NOT NULL,
	"action" text NOT NULL,
	"entity_type" text NOT NULL,
	"entity_id" text,
	"outcome" text NOT NULL,
	"details" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "member_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "members" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	CONSTRAINT "members_role_known" CHECK ("members"."role" in ('administrator', 'compliance_officer', 'product_manager', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "sign_in_failures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "enrolments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"face" boolean NOT NULL,
	"fingers" smallint[] DEFAULT '{}' NOT NULL,
	"source" text NOT NULL,
	"actor_id" uuid NOT NULL,
	"api_status" smallint,
	"latency_ms" integer,
	"intended_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"custom_id" text NOT NULL,
	"custom_id_folded" text NOT NULL,
	"bio_pass_id" text,
	"status" text NOT NULL,
	"face_enrolled" boolean DEFAULT false NOT NULL,
	"fingers_enrolled" smallint[] DEFAULT '{}' NOT NULL,
	"legal_basis" text NOT NULL,
	"bucket" smallint NOT NULL,
	"failures_in_a_row" integer DEFAULT 0 NOT NULL,
	"last_matched_at" timestamp (3) with time zone,
	"recent_failures_at" timestamp (3) with time zone[] DEFAULT '{}' NOT NULL,
	"paused_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"enrolled_at" timestamp (3) with time zone,
	"confirmed_at" timestamp (3) with time zone,
	"last_login_at" timestamp (3) with time zone,
	"last_login_outcome" text,
	CONSTRAINT "people_bucket_range" CHECK ("people"."bucket" between 0 and 99),
	CONSTRAINT "people_status_known" CHECK ("people"."status" in ('pending', 'enrolled', 'blocked'))
);
--> statement-breakpoint
ALTER TABLE "application_keys" ADD CONSTRAINT "application_keys_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_sessions" ADD CONSTRAINT "member_sessions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "application_keys_hash_key" ON "application_keys" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created_at" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "login_outcomes_person" ON "login_outcomes" USING btree ("person_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "login_reports_login" ON "login_reports" USING btree ("login_id");--> statement-breakpoint
CREATE INDEX "login_states_open" ON "login_states" USING btree ("opened_at") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "logins_person" ON "logins" USING btree ("person_id","opened_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "verifications_at" ON "verifications" USING btree ("at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "verifications_person" ON "verifications" USING btree ("person_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "verifications_login" ON "verifications" USING btree ("login_id");--> statement-breakpoint
CREATE INDEX "audit_entries_at" ON "audit_entries" USING btree ("at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_entries_entity" ON "audit_entries" USING btree ("entity_type","entity_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "member_sessions_member" ON "member_sessions" USING btree ("member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "members_email_key" ON "members" USING btree ("email");--> statement-breakpoint
CREATE INDEX "sign_in_failures_subject" ON "sign_in_failures" USING btree ("subject","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "enrolments_person" ON "enrolments" USING btree ("person_id","intended_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "people_custom_id_key" ON "people" USING btree ("custom_id");--> statement-breakpoint
CREATE INDEX "people_custom_id_folded_prefix" ON "people" USING btree ("custom_id_folded" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "people_custom_id_folded_trgm" ON "people" USING gin ("custom_id_folded" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "people_enrolled_at" ON "people" USING btree ("enrolled_at" DESC NULLS LAST,"id");--> statement-breakpoint
-- Makes the monthly partitions of the event tables from the month of first_day to the month of last_day. Safe to repeat
-- and to run from several processes at once.
CREATE FUNCTION make_event_partitions(first_day date, last_day date) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
	month_start date := date_trunc('month', first_day)::date;
	parent text;
	child text;
	made integer := 0;
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('make_event_partitions'));
	WHILE month_start <= last_day LOOP
		FOREACH parent IN ARRAY ARRAY['logins', 'verifications', 'login_outcomes'] LOOP
			child := parent || '_' || to_char(month_start, 'YYYY_MM');
			IF to_regclass(child) IS NULL THEN
				EXECUTE format(
					'CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
					child, parent,
					to_char(month_start, 'YYYY-MM-DD') || ' 00:00:00+00',
					to_char(month_start + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00'
				);
				made := made + 1;
			END IF;
		END LOOP;
		month_start := (month_start + interval '1 month')::date;
	END LOOP;
	RETURN made;
END $$;--> statement-breakpoint
SELECT make_event_partitions((now() at time zone 'utc')::date - 31, (now() at time zone 'utc')::date + 62);--> statement-breakpoint
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'audit_entries is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;--> statement-breakpoint
CREATE TRIGGER audit_entries_no_change BEFORE UPDATE OR DELETE ON "audit_entries" FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();--> statement-breakpoint
CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON "audit_entries" FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
