CREATE TABLE "erased_subjects" (
	"ledger_ref" text PRIMARY KEY NOT NULL,
	"erased_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "legal_holds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"custom_id" text,
	"subject_ref" text NOT NULL,
	"subject_epoch" integer NOT NULL,
	"person_id" uuid,
	"reason" text NOT NULL,
	"placed_by" uuid NOT NULL,
	"placed_at" timestamp (3) with time zone NOT NULL,
	"released_by" uuid,
	"released_at" timestamp (3) with time zone,
	"release_reason" text,
	"is_single_control" boolean DEFAULT false NOT NULL,
	CONSTRAINT "legal_holds_named_while_standing" CHECK (("legal_holds"."released_at" is null) = ("legal_holds"."custom_id" is not null)),
	CONSTRAINT "legal_holds_released_whole" CHECK (("legal_holds"."released_at" is null) = ("legal_holds"."released_by" is null)),
	CONSTRAINT "legal_holds_second_person" CHECK ("legal_holds"."released_by" is null or "legal_holds"."is_single_control" or "legal_holds"."released_by" <> "legal_holds"."placed_by")
);
--> statement-breakpoint
CREATE TABLE "request_batch_rows" (
	"batch_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"custom_id" text,
	"state" text NOT NULL,
	"trouble" text,
	"fact" text,
	"request_id" uuid,
	CONSTRAINT "request_batch_rows_pkey" PRIMARY KEY("batch_id","line"),
	CONSTRAINT "request_batch_rows_trouble" CHECK (("request_batch_rows"."state" = 'left_out') = ("request_batch_rows"."trouble" is not null)),
	CONSTRAINT "request_batch_rows_opened" CHECK (("request_batch_rows"."state" = 'opened') = ("request_batch_rows"."request_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "request_batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"right" text NOT NULL,
	"regimes" text[] NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"channel" text NOT NULL,
	"identity_method" text NOT NULL,
	"file_name" text NOT NULL,
	"file_sha256" text NOT NULL,
	"rows" integer NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"opened_by" uuid NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"assessed_by" uuid,
	"assessed_at" timestamp (3) with time zone,
	"assessment" text,
	"preview" jsonb,
	"preview_digest" text,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"is_single_control" boolean DEFAULT false NOT NULL,
	"execute_at" timestamp (3) with time zone,
	"people_per_minute" integer,
	"paused_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "request_batches_second_person" CHECK ("request_batches"."decided_by" is null or "request_batches"."is_single_control" or ("request_batches"."decided_by" is distinct from "request_batches"."opened_by" and "request_batches"."decided_by" is distinct from "request_batches"."assessed_by")),
	CONSTRAINT "request_batches_pace" CHECK ("request_batches"."people_per_minute" > 0)
);
--> statement-breakpoint
CREATE TABLE "request_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"round" smallint NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"code" text,
	"api_status" smallint,
	"answer_sha256" text,
	"latency_ms" integer,
	"intended_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "request_attempts_settled" CHECK (("request_attempts"."state" = 'intended') = ("request_attempts"."settled_at" is null))
);
--> statement-breakpoint
CREATE TABLE "request_receipts" (
	"request_id" uuid NOT NULL,
	"round" smallint NOT NULL,
	"body" jsonb NOT NULL,
	"digest" text NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"file" text,
	"proved_at" timestamp (3) with time zone,
	CONSTRAINT "request_receipts_pkey" PRIMARY KEY("request_id","round")
);
--> statement-breakpoint
CREATE TABLE "request_recipients" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"note" text,
	"settled_by" uuid,
	"settled_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "data_requests" DROP CONSTRAINT "data_requests_opened_by_one";--> statement-breakpoint
ALTER TABLE "request_numbers" ADD COLUMN "series" text DEFAULT 'REQ' NOT NULL;--> statement-breakpoint
ALTER TABLE "request_numbers" ALTER COLUMN "series" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "request_numbers" DROP CONSTRAINT "request_numbers_pkey";--> statement-breakpoint
ALTER TABLE "request_numbers" ADD CONSTRAINT "request_numbers_pkey" PRIMARY KEY("series","year");--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "blocked_for" text;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "blocked_by" uuid;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "blocked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "data_requests" ADD COLUMN "legal_basis" text;--> statement-breakpoint
ALTER TABLE "data_requests" ADD COLUMN "deletion_reason" text;--> statement-breakpoint
ALTER TABLE "data_requests" ADD COLUMN "batch_id" uuid;--> statement-breakpoint
ALTER TABLE "data_requests" ADD COLUMN "round" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "data_requests" ADD COLUMN "failures" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "data_requests" ADD COLUMN "next_try_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "request_batch_rows" ADD CONSTRAINT "request_batch_rows_batch_id_request_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."request_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_attempts" ADD CONSTRAINT "request_attempts_request_id_data_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."data_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_receipts" ADD CONSTRAINT "request_receipts_request_id_data_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."data_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_recipients" ADD CONSTRAINT "request_recipients_request_id_data_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."data_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "legal_holds_standing_key" ON "legal_holds" USING btree ("custom_id") WHERE released_at is null;--> statement-breakpoint
CREATE INDEX "legal_holds_person" ON "legal_holds" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "request_batch_rows_custom_id" ON "request_batch_rows" USING btree ("custom_id");--> statement-breakpoint
CREATE UNIQUE INDEX "request_batches_name_key" ON "request_batches" USING btree ("name");--> statement-breakpoint
CREATE INDEX "request_batches_opened" ON "request_batches" USING btree ("opened_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "request_attempts_number_key" ON "request_attempts" USING btree ("request_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "request_attempts_one_under_way" ON "request_attempts" USING btree ("request_id") WHERE state = 'intended';--> statement-breakpoint
CREATE UNIQUE INDEX "request_attempts_one_delete" ON "request_attempts" USING btree ("request_id","round") WHERE kind = 'delete' and state <> 'refused';--> statement-breakpoint
CREATE INDEX "request_receipts_unproved" ON "request_receipts" USING btree ("made_at") WHERE file is null;--> statement-breakpoint
CREATE INDEX "request_recipients_request" ON "request_recipients" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "data_requests_batch" ON "data_requests" USING btree ("batch_id","id");--> statement-breakpoint
CREATE INDEX "data_requests_custom_id" ON "data_requests" USING btree ("custom_id");--> statement-breakpoint
ALTER TABLE "data_requests" ADD CONSTRAINT "data_requests_deletion_reason" CHECK (("data_requests"."deletion_reason" is not null) = ("data_requests"."right" = 'deletion'));--> statement-breakpoint
ALTER TABLE "data_requests" ADD CONSTRAINT "data_requests_opened_by_one" CHECK (num_nonnulls("data_requests"."opened_by", "data_requests"."application_id") = case when "data_requests"."channel" in ('retention', 'restore') then 0 else 1 end);--> statement-breakpoint
-- A deletion is nobody's right: it is proposed as it is opened, and goes back to where it began.
CREATE OR REPLACE FUNCTION refuse_illegal_request_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	step text := OLD.state || '>' || NEW.state;
	for_all text[] := ARRAY[
		'awaiting_approval>denied',
		'executing>verifying', 'outcome_unknown>verifying', 'executing>outcome_unknown',
		'executing>failed', 'verifying>failed', 'outcome_unknown>failed', 'verifying>completed',
		'received>withdrawn', 'identity_pending>withdrawn', 'in_review>withdrawn',
		'awaiting_approval>withdrawn', 'awaiting_capture>withdrawn', 'scheduled>withdrawn'
	];
	of_a_person text[] := ARRAY[
		'received>identity_pending', 'received>in_review', 'identity_pending>in_review',
		'in_review>awaiting_approval', 'awaiting_approval>in_review',
		'received>duplicate', 'identity_pending>duplicate', 'in_review>duplicate',
		'received>not_controller', 'identity_pending>not_controller', 'in_review>not_controller',
		'identity_pending>closed_unverified'
	];
	of_right text[] := CASE
		WHEN NEW."right" = 'rectification' THEN of_a_person || ARRAY[
			'awaiting_approval>awaiting_capture', 'awaiting_capture>in_review',
			'awaiting_capture>executing', 'failed>awaiting_capture'
		]
		WHEN NEW."right" = 'deletion' THEN ARRAY[
			'received>awaiting_approval', 'awaiting_approval>received', 'scheduled>received',
			'awaiting_approval>scheduled', 'scheduled>executing', 'failed>executing'
		]
		ELSE of_a_person || ARRAY['awaiting_approval>scheduled', 'scheduled>in_review', 'scheduled>executing', 'failed>executing']
	END;
BEGIN
	IF NEW.id <> OLD.id OR NEW.protocol <> OLD.protocol OR NEW."right" <> OLD."right" OR NEW.opened_by IS DISTINCT FROM OLD.opened_by THEN
		RAISE EXCEPTION 'what a data request is does not change' USING ERRCODE = 'check_violation';
	END IF;
	IF NEW.state = OLD.state OR step = ANY (for_all) OR step = ANY (of_right) THEN
		RETURN NEW;
	END IF;
	IF NEW."right" IN ('erasure', 'consent_withdrawal', 'deletion') AND step = 'completed>scheduled' THEN
		RETURN NEW;
	END IF;
	RAISE EXCEPTION 'a data request for % does not go from % to %', NEW."right", OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;--> statement-breakpoint
CREATE FUNCTION tell_of_data_requests() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_notify('data_requests', '');
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER data_requests_told AFTER INSERT OR UPDATE ON "data_requests" FOR EACH STATEMENT EXECUTE FUNCTION tell_of_data_requests();--> statement-breakpoint
CREATE TRIGGER request_batches_told AFTER INSERT OR UPDATE ON "request_batches" FOR EACH STATEMENT EXECUTE FUNCTION tell_of_data_requests();--> statement-breakpoint
-- PostgreSQL's statistics keep samples of values: what names a person shall not outlive its row there.
ALTER TABLE "people" ALTER COLUMN "custom_id" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "people" ALTER COLUMN "custom_id_folded" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "people" ALTER COLUMN "bio_pass_id" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "data_requests" ALTER COLUMN "custom_id" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "request_batch_rows" ALTER COLUMN "custom_id" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "legal_holds" ALTER COLUMN "custom_id" SET STATISTICS 0;
