CREATE TABLE "legacy_probes" (
	"name" text PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"every_minutes" integer NOT NULL,
	"sealed_secret" text,
	"changed_by" uuid NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "legacy_trials" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"trouble" text,
	"status" smallint,
	"took_ms" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "rollout_slices" DROP CONSTRAINT "rollout_slices_stage_id_starts_at_arm_pk";--> statement-breakpoint
ALTER TABLE "rollout_slices" ADD COLUMN "device_class" text NOT NULL;--> statement-breakpoint
ALTER TABLE "rollout_slices" ADD COLUMN "approved" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "rollout_slices" ADD CONSTRAINT "rollout_slices_stage_id_starts_at_arm_device_class_pk" PRIMARY KEY("stage_id","starts_at","arm","device_class");--> statement-breakpoint
ALTER TABLE "rollouts" ADD COLUMN "templates_choice" text;--> statement-breakpoint
ALTER TABLE "rollouts" ADD COLUMN "templates_chosen_by" uuid;--> statement-breakpoint
ALTER TABLE "rollouts" ADD COLUMN "templates_chosen_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "legacy_trials_at" ON "legacy_trials" USING btree ("at" DESC NULLS LAST);--> statement-breakpoint
ALTER TABLE "rollouts" ADD CONSTRAINT "rollouts_templates" CHECK (num_nonnulls("rollouts"."templates_choice", "rollouts"."templates_chosen_by", "rollouts"."templates_chosen_at") in (0, 3));