ALTER TABLE "request_batches" ALTER COLUMN "identity_method" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "request_batches" ALTER COLUMN "file_name" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "request_batches" ALTER COLUMN "file_sha256" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "request_batches" ALTER COLUMN "opened_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "request_batches" ADD COLUMN "retention_day" date;--> statement-breakpoint
ALTER TABLE "request_batches" ADD COLUMN "inactive_before" timestamp (3) with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "request_batches_retention_day_key" ON "request_batches" USING btree ("retention_day");--> statement-breakpoint
CREATE INDEX "request_attempts_intended" ON "request_attempts" USING btree ("intended_at");--> statement-breakpoint
ALTER TABLE "request_batches" ADD CONSTRAINT "request_batches_from_file_or_retention" CHECK (num_nonnulls("request_batches"."opened_by", "request_batches"."identity_method", "request_batches"."file_name", "request_batches"."file_sha256") = case when "request_batches"."channel" = 'retention' then 0 else 4 end and num_nonnulls("request_batches"."retention_day", "request_batches"."inactive_before") = case when "request_batches"."channel" = 'retention' then 2 else 0 end);