ALTER TABLE "latency_rollups" RENAME TO "latency_minutes_before";--> statement-breakpoint
ALTER TABLE "login_rollups" RENAME TO "login_minutes_before";--> statement-breakpoint
ALTER TABLE "verification_rollups" RENAME TO "verification_minutes_before";--> statement-breakpoint
ALTER TABLE "latency_minutes_before" DROP CONSTRAINT "latency_rollups_pkey";--> statement-breakpoint
ALTER TABLE "login_minutes_before" DROP CONSTRAINT "login_rollups_pkey";--> statement-breakpoint
ALTER TABLE "verification_minutes_before" DROP CONSTRAINT "verification_rollups_pkey";--> statement-breakpoint
CREATE TABLE "live_tails" (
	"room" text PRIMARY KEY NOT NULL,
	"watched_until" timestamp (3) with time zone NOT NULL
);--> statement-breakpoint
CREATE TABLE "login_cells" (
	"id" bigint PRIMARY KEY NOT NULL,
	"application_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"device_class" text NOT NULL,
	"purpose" text NOT NULL,
	"exposure_percent" smallint NOT NULL,
	"path" text NOT NULL,
	"path_reason" text NOT NULL,
	"outcome" text NOT NULL,
	"fallback_reason" text NOT NULL
);--> statement-breakpoint
CREATE TABLE "rollup_clock" (
	"only_row" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"time_zone" text NOT NULL,
	"minutes_from" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rollup_clock_only_row" CHECK ("rollup_clock"."only_row")
);--> statement-breakpoint
CREATE TABLE "verification_cells" (
	"id" bigint PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"actor_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"device_class" text NOT NULL,
	"modality" text NOT NULL,
	"exposure_percent" smallint NOT NULL,
	"outcome" text NOT NULL,
	"reason" text NOT NULL,
	"api_status" smallint NOT NULL
);--> statement-breakpoint
CREATE TABLE "verification_rollups" (
	"starts_at" timestamp (3) with time zone NOT NULL,
	"cell" bigint NOT NULL,
	"count" bigint NOT NULL,
	"tier" smallint NOT NULL,
	CONSTRAINT "verification_rollups_pkey" PRIMARY KEY("tier","starts_at","cell"),
	CONSTRAINT "verification_rollups_tier_known" CHECK ("verification_rollups"."tier" in (0, 1, 2))
) WITH (fillfactor = 70);--> statement-breakpoint
CREATE TABLE "login_rollups" (
	"starts_at" timestamp (3) with time zone NOT NULL,
	"cell" bigint NOT NULL,
	"count" bigint NOT NULL,
	"locked_out" bigint NOT NULL,
	"captured" bigint NOT NULL,
	"tier" smallint NOT NULL,
	CONSTRAINT "login_rollups_pkey" PRIMARY KEY("tier","starts_at","cell"),
	CONSTRAINT "login_rollups_tier_known" CHECK ("login_rollups"."tier" in (0, 1, 2))
) WITH (fillfactor = 70);--> statement-breakpoint
CREATE TABLE "latency_rollups" (
	"starts_at" timestamp (3) with time zone NOT NULL,
	"source" text NOT NULL,
	"bucket" smallint NOT NULL,
	"count" bigint NOT NULL,
	"tier" smallint NOT NULL,
	CONSTRAINT "latency_rollups_pkey" PRIMARY KEY("tier","starts_at","source","bucket"),
	CONSTRAINT "latency_rollups_tier_known" CHECK ("latency_rollups"."tier" in (0, 1, 2))
) WITH (fillfactor = 70);--> statement-breakpoint
CREATE INDEX "login_outcomes_at" ON "login_outcomes" USING btree ("at" DESC NULLS LAST,"login_id" DESC NULLS LAST);--> statement-breakpoint
INSERT INTO rollup_clock (time_zone, minutes_from) VALUES ('UTC', '1970-01-01T00:00:00Z');--> statement-breakpoint
-- The id of a cell: eight bytes of a digest of its dimensions, the same on every machine and in every version of PostgreSQL.
CREATE FUNCTION rollup_cell(dimensions text) RETURNS bigint LANGUAGE sql STABLE STRICT PARALLEL SAFE
	RETURN ('x' || encode(substring(sha256(convert_to(dimensions, 'UTF8')) FROM 1 FOR 8), 'hex'))::bit(64)::bigint;--> statement-breakpoint
-- The fewest rows of the tiers that make up a time: whole days and hours where there are, minutes at the edges. Where minutes
-- are no longer kept, an edge is the start of the hour it lies in.
CREATE FUNCTION rollup_tiles(from_time timestamptz, to_time timestamptz)
RETURNS TABLE (tier smallint, starts_at timestamptz, ends_at timestamptz) LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH kept AS (
		SELECT time_zone AS zone,
			CASE WHEN from_time < minutes_from THEN date_trunc('hour', from_time, time_zone) ELSE from_time END AS f,
			CASE WHEN to_time < minutes_from THEN date_trunc('hour', to_time, time_zone) ELSE to_time END AS t
		FROM rollup_clock
	), hours AS (
		SELECT f, t, zone, date_trunc('hour', t, zone) AS h2,
			CASE WHEN date_trunc('hour', f, zone) = f THEN f ELSE date_trunc('hour', f, zone) + interval '1 hour' END AS h1,
			date_trunc('day', t, zone) AS d2,
			CASE WHEN date_trunc('day', f, zone) = f THEN f
				ELSE (date_trunc('day', f AT TIME ZONE zone) + interval '1 day') AT TIME ZONE zone END AS d1
		FROM kept
	)
	SELECT part.tier::smallint, part.starts_at, part.ends_at
	FROM hours, LATERAL (VALUES
		(0, f, least(h1, t)),
		(0, greatest(h1, h2), t),
		(1, h1, least(d1, h2)),
		(1, greatest(h1, d1, d2), h2),
		(2, d1, d2)
	) AS part(tier, starts_at, ends_at)
	WHERE part.starts_at < part.ends_at;
END;--> statement-breakpoint
INSERT INTO verification_cells
SELECT DISTINCT rollup_cell(concat_ws(E'\x1f', source, actor_id, channel, device_class, modality, exposure_percent, outcome, reason, api_status)),
	source, actor_id, channel, device_class, modality, exposure_percent, outcome, reason, api_status
FROM verification_minutes_before;--> statement-breakpoint
INSERT INTO verification_rollups (tier, starts_at, cell, count)
SELECT tier, date_trunc(unit, minute, 'UTC'),
	rollup_cell(concat_ws(E'\x1f', source, actor_id, channel, device_class, modality, exposure_percent, outcome, reason, api_status)),
	sum(count)::bigint
FROM verification_minutes_before, (VALUES (0, 'minute'), (1, 'hour'), (2, 'day')) AS tiers(tier, unit) GROUP BY 1, 2, 3;--> statement-breakpoint
INSERT INTO login_cells
SELECT DISTINCT rollup_cell(concat_ws(E'\x1f', application_id, channel, device_class, purpose, exposure_percent, path, path_reason, outcome, fallback_reason)),
	application_id, channel, device_class, purpose, exposure_percent, path, path_reason, outcome, fallback_reason
FROM login_minutes_before;--> statement-breakpoint
-- How many logins had a capture was not counted before: where the raw rows are gone it stays 0.
INSERT INTO login_rollups (tier, starts_at, cell, count, locked_out, captured)
SELECT tier, starts_at, cell, coalesce(sum(count), 0)::bigint, coalesce(sum(locked_out), 0)::bigint, coalesce(sum(captured), 0)::bigint
FROM (
	SELECT minute, rollup_cell(concat_ws(E'\x1f', application_id, channel, device_class, purpose, exposure_percent, path, path_reason, outcome, fallback_reason)) AS cell,
		count, locked_out, 0 AS captured
	FROM login_minutes_before
	UNION ALL
	SELECT date_trunc('minute', at), rollup_cell(concat_ws(E'\x1f', application_id, channel, device_class, purpose, exposure_percent, path, path_reason, outcome, fallback_reason)),
		0, 0, count(*)
	FROM login_outcomes WHERE attempts > 0 GROUP BY 1, 2
) AS counted CROSS JOIN LATERAL (
	VALUES (0, date_trunc('minute', minute)), (1, date_trunc('hour', minute, 'UTC')), (2, date_trunc('day', minute, 'UTC'))
) AS tiers(tier, starts_at) GROUP BY 1, 2, 3;--> statement-breakpoint
INSERT INTO latency_rollups (tier, starts_at, source, bucket, count)
SELECT tier, date_trunc(unit, minute, 'UTC'), source, bucket, sum(count)::bigint
FROM latency_minutes_before, (VALUES (0, 'minute'), (1, 'hour'), (2, 'day')) AS tiers(tier, unit) GROUP BY 1, 2, 3, 4;--> statement-breakpoint
DROP TABLE "latency_minutes_before", "login_minutes_before", "verification_minutes_before";
