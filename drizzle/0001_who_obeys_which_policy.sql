ALTER TABLE "gateways" ADD COLUMN "policy_version" integer;--> statement-breakpoint
ALTER TABLE "gateways" ADD COLUMN "policy_taken_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "policies" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "policies" ADD COLUMN "recorded_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL;