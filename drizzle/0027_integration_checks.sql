CREATE TABLE "integration_people" (
	"custom_id" text PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"tried_at" timestamp (3) with time zone,
	"gone_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "integration_results" (
	"run_id" uuid NOT NULL,
	"check_id" text NOT NULL,
	"place" smallint NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"verdict" text,
	"findings" text[] DEFAULT '{}' NOT NULL,
	"code" text,
	"took_ms" integer,
	"exchanges" jsonb DEFAULT '[]' NOT NULL,
	"decisive" smallint,
	CONSTRAINT "integration_results_run_id_check_id_pk" PRIMARY KEY("run_id","check_id")
);
--> statement-breakpoint
CREATE TABLE "integration_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"origin" text NOT NULL,
	"kind" text NOT NULL,
	"key_end" text NOT NULL,
	"asked_by" uuid,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"started_at" timestamp (3) with time zone,
	"seen_at" timestamp (3) with time zone,
	"stop_asked_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"checks" smallint NOT NULL,
	"calls_at_most" smallint NOT NULL,
	CONSTRAINT "integration_runs_ended" CHECK (("integration_runs"."ended_at" is null) = ("integration_runs"."state" in ('asked', 'running')))
);
--> statement-breakpoint
CREATE TABLE "observed_facts" (
	"origin" text NOT NULL,
	"fact" text NOT NULL,
	"value" text NOT NULL,
	"run_id" uuid NOT NULL,
	"observed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "observed_facts_origin_fact_pk" PRIMARY KEY("origin","fact")
);
--> statement-breakpoint
ALTER TABLE "enrolments" ADD COLUMN "replaces_all" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "integration_people" ADD CONSTRAINT "integration_people_run_id_integration_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."integration_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "integration_results" ADD CONSTRAINT "integration_results_run_id_integration_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."integration_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "integration_people_left" ON "integration_people" USING btree ("run_id") WHERE gone_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "integration_runs_open" ON "integration_runs" USING btree ((true)) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "integration_runs_asked" ON "integration_runs" USING btree ("asked_at" DESC NULLS LAST);