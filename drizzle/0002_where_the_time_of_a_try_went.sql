ALTER TABLE "verifications" ADD COLUMN "decided_ms" smallint;--> statement-breakpoint
ALTER TABLE "verifications" ADD COLUMN "quality_ms" smallint;--> statement-breakpoint
ALTER TABLE "verifications" ADD COLUMN "liveness_ms" smallint;--> statement-breakpoint
ALTER TABLE "verifications" ADD COLUMN "verify_ms" smallint;--> statement-breakpoint
ALTER TABLE "verifications" ADD COLUMN "diagnosis_ms" smallint;--> statement-breakpoint
ALTER TABLE "verifications" ADD COLUMN "judged_ms" smallint;--> statement-breakpoint
ALTER TABLE "verifications" ADD COLUMN "failures_before" smallint;--> statement-breakpoint
ALTER TABLE "verifications" ADD COLUMN "feedback_locale" text;