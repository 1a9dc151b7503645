CREATE TABLE "history_floors" (
	"is_only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"month" date NOT NULL,
	CONSTRAINT "history_floors_one_row" CHECK ("history_floors"."is_only"),
	CONSTRAINT "history_floors_month_start" CHECK (extract(day from "history_floors"."month") = 1)
);
--> statement-breakpoint
CREATE TABLE "retention_settings" (
	"version" integer PRIMARY KEY NOT NULL,
	"values" jsonb NOT NULL,
	"changed_by" uuid,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
-- Makes the monthly partitions of the event tables from the month of first_day to the month of last_day, but none from
-- before the floor of the history. Safe to repeat and to run from several processes at once.
CREATE OR REPLACE FUNCTION make_event_partitions(first_day date, last_day date) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
	month_start date;
	parent text;
	child text;
	made integer := 0;
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('make_event_partitions'));
	month_start := greatest(date_trunc('month', first_day)::date, (SELECT month FROM history_floors));
	WHILE month_start <= last_day LOOP
		FOREACH parent IN ARRAY ARRAY['logins', 'verifications', 'login_outcomes'] LOOP
			child := parent || '_' || to_char(month_start, 'YYYY_MM');
			IF to_regclass(child) IS NULL THEN
				EXECUTE format(
					'CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
					child, parent,
					to_char(month_start, 'YYYY-MM-DD') || ' 00:00:00+00',
					to_char(month_start + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00'
				);
				made := made + 1;
			END IF;
		END LOOP;
		month_start := (month_start + interval '1 month')::date;
	END LOOP;
	RETURN made;
END $$;--> statement-breakpoint
-- Drops the partitions of one month and moves the floor of the history behind it, so that it is never made again.
CREATE FUNCTION drop_event_partitions(month_start date) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
	parent text;
	child text;
	dropped integer := 0;
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('make_event_partitions'));
	INSERT INTO history_floors AS f (month) VALUES ((month_start + interval '1 month')::date)
	ON CONFLICT (is_only) DO UPDATE SET month = greatest(f.month, excluded.month);
	FOREACH parent IN ARRAY ARRAY['logins', 'verifications', 'login_outcomes'] LOOP
		child := parent || '_' || to_char(month_start, 'YYYY_MM');
		IF to_regclass(child) IS NOT NULL THEN
			EXECUTE format('DROP TABLE %I', child);
			dropped := dropped + 1;
		END IF;
	END LOOP;
	RETURN dropped;
END $$;
