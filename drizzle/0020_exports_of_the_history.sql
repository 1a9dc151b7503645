CREATE TABLE "history_exports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"filters" jsonb NOT NULL,
	"names_people" boolean NOT NULL,
	"reason" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"rows_expected" bigint NOT NULL,
	"rows" bigint DEFAULT 0 NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"sha256" text,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "history_exports_ended" CHECK (("history_exports"."ended_at" is null) = ("history_exports"."state" in ('asked', 'running'))),
	CONSTRAINT "history_exports_digest" CHECK (("history_exports"."sha256" is null) = ("history_exports"."state" <> 'finished')),
	CONSTRAINT "history_exports_counts_nobody" CHECK ("history_exports"."kind" = 'rows' or not "history_exports"."names_people")
);
--> statement-breakpoint
CREATE INDEX "history_exports_open" ON "history_exports" USING btree ("seen_at") WHERE ended_at is null;