-- Each tier's rows in a table of their own: a chart of days reads pages full of days, not one page for each row among
-- the minutes that were written beside it.
ALTER TABLE "verification_rollups" RENAME TO "verification_rollups_before";--> statement-breakpoint
ALTER TABLE "verification_rollups_before" DROP CONSTRAINT "verification_rollups_pkey";--> statement-breakpoint
CREATE TABLE "verification_rollups" (
	"starts_at" timestamp (3) with time zone NOT NULL,
	"cell" bigint NOT NULL,
	"count" bigint NOT NULL,
	"tier" smallint NOT NULL,
	CONSTRAINT "verification_rollups_pkey" PRIMARY KEY("tier","starts_at","cell"),
	CONSTRAINT "verification_rollups_tier_known" CHECK ("verification_rollups"."tier" in (0, 1, 2))
) PARTITION BY LIST ("tier");--> statement-breakpoint
CREATE TABLE "verification_rollups_minute" PARTITION OF "verification_rollups" FOR VALUES IN (0) WITH (fillfactor = 70);--> statement-breakpoint
CREATE TABLE "verification_rollups_hour" PARTITION OF "verification_rollups" FOR VALUES IN (1) WITH (fillfactor = 70);--> statement-breakpoint
CREATE TABLE "verification_rollups_day" PARTITION OF "verification_rollups" FOR VALUES IN (2) WITH (fillfactor = 70);--> statement-breakpoint
INSERT INTO "verification_rollups" (starts_at, cell, count, tier) SELECT starts_at, cell, count, tier FROM "verification_rollups_before" ORDER BY tier, starts_at, cell;--> statement-breakpoint
DROP TABLE "verification_rollups_before";--> statement-breakpoint
ALTER TABLE "login_rollups" RENAME TO "login_rollups_before";--> statement-breakpoint
ALTER TABLE "login_rollups_before" DROP CONSTRAINT "login_rollups_pkey";--> statement-breakpoint
CREATE TABLE "login_rollups" (
	"starts_at" timestamp (3) with time zone NOT NULL,
	"cell" bigint NOT NULL,
	"count" bigint NOT NULL,
	"locked_out" bigint NOT NULL,
	"captured" bigint NOT NULL,
	"tier" smallint NOT NULL,
	CONSTRAINT "login_rollups_pkey" PRIMARY KEY("tier","starts_at","cell"),
	CONSTRAINT "login_rollups_tier_known" CHECK ("login_rollups"."tier" in (0, 1, 2))
) PARTITION BY LIST ("tier");--> statement-breakpoint
CREATE TABLE "login_rollups_minute" PARTITION OF "login_rollups" FOR VALUES IN (0) WITH (fillfactor = 70);--> statement-breakpoint
CREATE TABLE "login_rollups_hour" PARTITION OF "login_rollups" FOR VALUES IN (1) WITH (fillfactor = 70);--> statement-breakpoint
CREATE TABLE "login_rollups_day" PARTITION OF "login_rollups" FOR VALUES IN (2) WITH (fillfactor = 70);--> statement-breakpoint
INSERT INTO "login_rollups" (starts_at, cell, count, locked_out, captured, tier) SELECT starts_at, cell, count, locked_out, captured, tier FROM "login_rollups_before" ORDER BY tier, starts_at, cell;--> statement-breakpoint
DROP TABLE "login_rollups_before";--> statement-breakpoint
ALTER TABLE "latency_rollups" RENAME TO "latency_rollups_before";--> statement-breakpoint
ALTER TABLE "latency_rollups_before" DROP CONSTRAINT "latency_rollups_pkey";--> statement-breakpoint
CREATE TABLE "latency_rollups" (
	"starts_at" timestamp (3) with time zone NOT NULL,
	"source" text NOT NULL,
	"bucket" smallint NOT NULL,
	"count" bigint NOT NULL,
	"tier" smallint NOT NULL,
	CONSTRAINT "latency_rollups_pkey" PRIMARY KEY("tier","starts_at","source","bucket"),
	CONSTRAINT "latency_rollups_tier_known" CHECK ("latency_rollups"."tier" in (0, 1, 2))
) PARTITION BY LIST ("tier");--> statement-breakpoint
CREATE TABLE "latency_rollups_minute" PARTITION OF "latency_rollups" FOR VALUES IN (0) WITH (fillfactor = 70);--> statement-breakpoint
CREATE TABLE "latency_rollups_hour" PARTITION OF "latency_rollups" FOR VALUES IN (1) WITH (fillfactor = 70);--> statement-breakpoint
CREATE TABLE "latency_rollups_day" PARTITION OF "latency_rollups" FOR VALUES IN (2) WITH (fillfactor = 70);--> statement-breakpoint
INSERT INTO "latency_rollups" (starts_at, source, bucket, count, tier) SELECT starts_at, source, bucket, count, tier FROM "latency_rollups_before" ORDER BY tier, starts_at, source, bucket;--> statement-breakpoint
DROP TABLE "latency_rollups_before";--> statement-breakpoint
CREATE INDEX "verification_rollups_cell" ON "verification_rollups" USING btree ("cell","tier","starts_at");
