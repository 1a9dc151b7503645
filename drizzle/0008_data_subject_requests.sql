CREATE TABLE "data_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"protocol" text NOT NULL,
	"right" text NOT NULL,
	"regimes" text[] NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"custom_id" text,
	"subject_ref" text NOT NULL,
	"subject_epoch" integer NOT NULL,
	"person_id" uuid,
	"channel" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"opened_by" uuid,
	"application_id" uuid,
	"identity_asked_at" timestamp (3) with time zone,
	"identity_method" text,
	"identity_checked_by" uuid,
	"identity_checked_at" timestamp (3) with time zone,
	"proposal" text,
	"denial_ground" text,
	"assessment" text,
	"preview" jsonb,
	"preview_digest" text,
	"assessed_by" uuid,
	"assessed_at" timestamp (3) with time zone,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"is_single_control" boolean DEFAULT false NOT NULL,
	"execute_at" timestamp (3) with time zone,
	"extended_at" timestamp (3) with time zone,
	"extension_reason" text,
	"rule_version" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"reopened_after_restore" boolean DEFAULT false NOT NULL,
	CONSTRAINT "data_requests_opened_by_one" CHECK (("data_requests"."opened_by" is null) <> ("data_requests"."application_id" is null)),
	CONSTRAINT "data_requests_second_person" CHECK ("data_requests"."decided_by" is null or "data_requests"."is_single_control" or ("data_requests"."decided_by" is distinct from "data_requests"."opened_by" and "data_requests"."decided_by" is distinct from "data_requests"."assessed_by")),
	CONSTRAINT "data_requests_named_while_open" CHECK ("data_requests"."closed_at" is not null or "data_requests"."custom_id" is not null),
	CONSTRAINT "data_requests_received_first" CHECK ("data_requests"."received_at" <= "data_requests"."opened_at"),
	CONSTRAINT "data_requests_proposal_whole" CHECK (("data_requests"."proposal" is null) = ("data_requests"."assessed_by" is null) and ("data_requests"."proposal" is null) = ("data_requests"."preview_digest" is null) and ("data_requests"."proposal" is not distinct from 'deny') = ("data_requests"."denial_ground" is not null))
);
--> statement-breakpoint
CREATE TABLE "request_numbers" (
	"year" integer PRIMARY KEY NOT NULL,
	"last" integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "data_requests_protocol_key" ON "data_requests" USING btree ("protocol");--> statement-breakpoint
CREATE UNIQUE INDEX "data_requests_open_key" ON "data_requests" USING btree ("right","custom_id") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "data_requests_due" ON "data_requests" USING btree ("due_at","id") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "data_requests_closed" ON "data_requests" USING btree ("closed_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE closed_at is not null;--> statement-breakpoint
CREATE INDEX "data_requests_subject" ON "data_requests" USING btree ("subject_ref");--> statement-breakpoint
CREATE FUNCTION refuse_illegal_request_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	step text := OLD.state || '>' || NEW.state;
	for_all text[] := ARRAY[
		'received>identity_pending', 'received>in_review', 'identity_pending>in_review',
		'in_review>awaiting_approval', 'awaiting_approval>in_review', 'awaiting_approval>denied',
		'executing>verifying', 'outcome_unknown>verifying', 'executing>outcome_unknown',
		'executing>failed', 'verifying>failed', 'outcome_unknown>failed', 'verifying>completed',
		'received>withdrawn', 'identity_pending>withdrawn', 'in_review>withdrawn',
		'awaiting_approval>withdrawn', 'awaiting_capture>withdrawn', 'scheduled>withdrawn',
		'received>duplicate', 'identity_pending>duplicate', 'in_review>duplicate',
		'received>not_controller', 'identity_pending>not_controller', 'in_review>not_controller',
		'identity_pending>closed_unverified'
	];
	of_right text[] := CASE
		WHEN NEW."right" = 'rectification' THEN ARRAY[
			'awaiting_approval>awaiting_capture', 'awaiting_capture>in_review',
			'awaiting_capture>executing', 'failed>awaiting_capture'
		]
		ELSE ARRAY['awaiting_approval>scheduled', 'scheduled>in_review', 'scheduled>executing', 'failed>executing']
	END;
BEGIN
	IF NEW.id <> OLD.id OR NEW.protocol <> OLD.protocol OR NEW."right" <> OLD."right" OR NEW.opened_by IS DISTINCT FROM OLD.opened_by THEN
		RAISE EXCEPTION 'what a data request is does not change' USING ERRCODE = 'check_violation';
	END IF;
	IF NEW.state = OLD.state OR step = ANY (for_all) OR step = ANY (of_right) THEN
		RETURN NEW;
	END IF;
	IF NEW."right" IN ('erasure', 'consent_withdrawal') AND step = 'completed>scheduled' THEN
		RETURN NEW;
	END IF;
	RAISE EXCEPTION 'a data request for % does not go from % to %', NEW."right", OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER data_requests_legal_step BEFORE UPDATE ON "data_requests" FOR EACH ROW EXECUTE FUNCTION refuse_illegal_request_step();
