CREATE TABLE "template_settlements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"rollout_id" uuid NOT NULL,
	"choice" text NOT NULL,
	"chosen_by" uuid NOT NULL,
	"chosen_at" timestamp (3) with time zone NOT NULL,
	"reason" text NOT NULL,
	"enrolled_from" timestamp (3) with time zone NOT NULL,
	"enrolled_to" timestamp (3) with time zone NOT NULL,
	"people" integer NOT NULL,
	"reached_at" timestamp (3) with time zone,
	"reached_id" uuid,
	"settled" integer DEFAULT 0 NOT NULL,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "template_settlements_reached" CHECK (num_nonnulls("template_settlements"."reached_at", "template_settlements"."reached_id") in (0, 2))
);
--> statement-breakpoint
ALTER TABLE "request_batches" DROP CONSTRAINT "request_batches_from_file_or_retention";--> statement-breakpoint
ALTER TABLE "data_requests" DROP CONSTRAINT "data_requests_opened_by_one";--> statement-breakpoint
ALTER TABLE "request_batches" ADD COLUMN "settlement_id" uuid;--> statement-breakpoint
ALTER TABLE "template_settlements" ADD CONSTRAINT "template_settlements_rollout_id_rollouts_id_fk" FOREIGN KEY ("rollout_id") REFERENCES "public"."rollouts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "template_settlements_rollout" ON "template_settlements" USING btree ("rollout_id","chosen_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "template_settlements_one_open" ON "template_settlements" USING btree ("rollout_id") WHERE "template_settlements"."done_at" is null;--> statement-breakpoint
ALTER TABLE "request_batches" ADD CONSTRAINT "request_batches_settlement_id_template_settlements_id_fk" FOREIGN KEY ("settlement_id") REFERENCES "public"."template_settlements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "request_batches_settlement" ON "request_batches" USING btree ("settlement_id") WHERE "request_batches"."settlement_id" is not null;--> statement-breakpoint
ALTER TABLE "request_batches" ADD CONSTRAINT "request_batches_from_file_or_rule" CHECK (num_nonnulls("request_batches"."opened_by", "request_batches"."identity_method", "request_batches"."file_name", "request_batches"."file_sha256") = case when "request_batches"."channel" in ('retention', 'roll_back') then 0 else 4 end and num_nonnulls("request_batches"."retention_day", "request_batches"."inactive_before") = case when "request_batches"."channel" = 'retention' then 2 else 0 end and ("request_batches"."settlement_id" is not null) = ("request_batches"."channel" = 'roll_back'));--> statement-breakpoint
ALTER TABLE "data_requests" ADD CONSTRAINT "data_requests_opened_by_one" CHECK (num_nonnulls("data_requests"."opened_by", "data_requests"."application_id") = case when "data_requests"."channel" in ('retention', 'roll_back', 'restore') then 0 else 1 end);