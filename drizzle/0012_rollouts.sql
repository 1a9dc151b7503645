CREATE TABLE "early_adopters" (
	"custom_id" text PRIMARY KEY NOT NULL,
	"added_by" uuid NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "false_accepts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"reported_by" uuid NOT NULL,
	"reported_at" timestamp (3) with time zone NOT NULL,
	"login_id" uuid,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "flag_sightings" (
	"flag" text PRIMARY KEY NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone,
	"trouble" text,
	"live" jsonb,
	"differences" jsonb DEFAULT '[]' NOT NULL,
	"differs_since" timestamp (3) with time zone,
	"edition" text,
	"server_version" text
);
--> statement-breakpoint
CREATE TABLE "rollout_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"rollout_id" uuid,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"difference" jsonb NOT NULL,
	"digest" text,
	"reason" text,
	"by" uuid,
	"verdict_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"trouble" text,
	"intent_version" integer,
	"gateways_running" integer,
	"gateways_confirmed" integer,
	"confirmed_ms" integer
);
--> statement-breakpoint
CREATE TABLE "rollout_plans" (
	"rollout_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"values" jsonb NOT NULL,
	"changed_by" uuid NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"reason" text,
	CONSTRAINT "rollout_plans_rollout_id_version_pk" PRIMARY KEY("rollout_id","version")
);
--> statement-breakpoint
CREATE TABLE "rollout_slices" (
	"stage_id" uuid NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"arm" text NOT NULL,
	"people" integer NOT NULL,
	"not_completed" integer NOT NULL,
	"locked_out" integer NOT NULL,
	"slow" integer NOT NULL,
	"on_legacy" integer NOT NULL,
	"reported" integer NOT NULL,
	CONSTRAINT "rollout_slices_stage_id_starts_at_arm_pk" PRIMARY KEY("stage_id","starts_at","arm")
);
--> statement-breakpoint
CREATE TABLE "rollout_stages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"rollout_id" uuid NOT NULL,
	"place" smallint NOT NULL,
	"exposure_percent" smallint NOT NULL,
	"intent_version" integer NOT NULL,
	"began_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_as" text,
	"counted_to" timestamp (3) with time zone,
	CONSTRAINT "rollout_stages_end" CHECK (num_nonnulls("rollout_stages"."ended_at", "rollout_stages"."ended_as") in (0, 2)),
	CONSTRAINT "rollout_stages_exposure_range" CHECK ("rollout_stages"."exposure_percent" between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "rollout_subjects" (
	"stage_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"arm" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"is_double" boolean DEFAULT false NOT NULL,
	CONSTRAINT "rollout_subjects_stage_id_person_id_pk" PRIMARY KEY("stage_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "rollout_verdicts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"stage_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"decision" text NOT NULL,
	"reason" text NOT NULL,
	"rule_version" smallint NOT NULL,
	"inputs" jsonb NOT NULL,
	"verdict" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rollouts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"flag" text NOT NULL,
	"build" text NOT NULL,
	"state" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "rollouts_ended" CHECK (("rollouts"."ended_at" is not null) = ("rollouts"."state" in ('completed', 'rolled_back', 'replaced'))),
	CONSTRAINT "rollouts_started" CHECK (("rollouts"."state" = 'planned') <= ("rollouts"."started_at" is null))
);
--> statement-breakpoint
ALTER TABLE "gateways" ADD COLUMN "intent_taken_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "rollout_intents" ADD COLUMN "offers_early_adopters" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "rollout_intents" ADD COLUMN "held_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "rollout_changes" ADD CONSTRAINT "rollout_changes_rollout_id_rollouts_id_fk" FOREIGN KEY ("rollout_id") REFERENCES "public"."rollouts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rollout_plans" ADD CONSTRAINT "rollout_plans_rollout_id_rollouts_id_fk" FOREIGN KEY ("rollout_id") REFERENCES "public"."rollouts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rollout_slices" ADD CONSTRAINT "rollout_slices_stage_id_rollout_stages_id_fk" FOREIGN KEY ("stage_id") REFERENCES "public"."rollout_stages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rollout_stages" ADD CONSTRAINT "rollout_stages_rollout_id_rollouts_id_fk" FOREIGN KEY ("rollout_id") REFERENCES "public"."rollouts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rollout_subjects" ADD CONSTRAINT "rollout_subjects_stage_id_rollout_stages_id_fk" FOREIGN KEY ("stage_id") REFERENCES "public"."rollout_stages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rollout_verdicts" ADD CONSTRAINT "rollout_verdicts_stage_id_rollout_stages_id_fk" FOREIGN KEY ("stage_id") REFERENCES "public"."rollout_stages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "rollout_changes_at" ON "rollout_changes" USING btree ("at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "rollout_changes_unsettled" ON "rollout_changes" USING btree ("at") WHERE "rollout_changes"."settled_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "rollout_stages_one_open" ON "rollout_stages" USING btree ("rollout_id") WHERE "rollout_stages"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "rollout_verdicts_stage" ON "rollout_verdicts" USING btree ("stage_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "rollouts_one_open" ON "rollouts" USING btree ("flag") WHERE "rollouts"."ended_at" is null;--> statement-breakpoint
ALTER TABLE "early_adopters" ALTER COLUMN "custom_id" SET STATISTICS 0;
