CREATE TABLE "sample_data" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"application_ids" uuid[] NOT NULL,
	"seed" integer NOT NULL,
	"history_from" timestamp (3) with time zone NOT NULL,
	"history_until" timestamp (3) with time zone NOT NULL,
	"people" integer DEFAULT 0 NOT NULL,
	"logins" integer DEFAULT 0 NOT NULL,
	"verifications" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"completed_at" timestamp (3) with time zone,
	CONSTRAINT "sample_data_one_row" CHECK ("sample_data"."id" = 1)
);
