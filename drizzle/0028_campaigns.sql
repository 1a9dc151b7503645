CREATE TABLE "campaign_devices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"campaign_id" uuid NOT NULL,
	"place" smallint NOT NULL,
	"label" text NOT NULL,
	"device_class" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaign_enrolments" (
	"custom_id" text PRIMARY KEY NOT NULL,
	"tester_id" uuid NOT NULL,
	"modality" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"enrolled_at" timestamp (3) with time zone,
	"tried_at" timestamp (3) with time zone,
	"gone_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "campaign_testers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"campaign_id" uuid NOT NULL,
	"number" smallint NOT NULL,
	"token_hash" text NOT NULL,
	"issued_by" uuid NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"consented_at" timestamp (3) with time zone,
	"consent_version" text,
	"consent_locale" text,
	"left_at" timestamp (3) with time zone,
	"calls" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "campaign_testers_consent" CHECK (("campaign_testers"."consented_at" is null) = ("campaign_testers"."consent_version" is null))
);
--> statement-breakpoint
CREATE TABLE "campaign_tries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"campaign_id" uuid NOT NULL,
	"tester_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"lighting" text NOT NULL,
	"position" text NOT NULL,
	"place" smallint NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"outcome" text,
	"swapped_outcome" text,
	"code" text,
	"took_ms" integer,
	"width" smallint NOT NULL,
	"height" smallint NOT NULL,
	"light_level" real NOT NULL,
	"contrast" real NOT NULL,
	"sharpness" real NOT NULL,
	"face_share" real,
	"picture_from" text NOT NULL,
	CONSTRAINT "campaign_tries_answered" CHECK (("campaign_tries"."answered_at" is null) = ("campaign_tries"."outcome" is null))
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"origin" text NOT NULL,
	"kind" text NOT NULL,
	"opened_by" uuid NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"lightings" text[] NOT NULL,
	"positions" text[] NOT NULL,
	"tries_wanted" smallint NOT NULL,
	"tries_each" smallint NOT NULL,
	"limit_percent" smallint NOT NULL,
	"swapped" boolean NOT NULL
);
--> statement-breakpoint
ALTER TABLE "campaign_devices" ADD CONSTRAINT "campaign_devices_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_enrolments" ADD CONSTRAINT "campaign_enrolments_tester_id_campaign_testers_id_fk" FOREIGN KEY ("tester_id") REFERENCES "public"."campaign_testers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_testers" ADD CONSTRAINT "campaign_testers_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_tries" ADD CONSTRAINT "campaign_tries_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_tries" ADD CONSTRAINT "campaign_tries_tester_id_campaign_testers_id_fk" FOREIGN KEY ("tester_id") REFERENCES "public"."campaign_testers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_tries" ADD CONSTRAINT "campaign_tries_device_id_campaign_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."campaign_devices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_devices_place" ON "campaign_devices" USING btree ("campaign_id","place");--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_enrolments_held" ON "campaign_enrolments" USING btree ("tester_id","modality") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "campaign_enrolments_left" ON "campaign_enrolments" USING btree ("asked_at") WHERE gone_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_testers_token" ON "campaign_testers" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_testers_number" ON "campaign_testers" USING btree ("campaign_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_tries_place" ON "campaign_tries" USING btree ("tester_id","device_id","lighting","position","place") WHERE outcome is distinct from 'failed';--> statement-breakpoint
CREATE INDEX "campaign_tries_campaign" ON "campaign_tries" USING btree ("campaign_id","asked_at");