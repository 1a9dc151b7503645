CREATE TABLE "incidents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"part" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"well_since" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"causes" text[] NOT NULL,
	"evidence" text[] NOT NULL,
	"operations" text[] NOT NULL,
	"logins_fell_back" integer DEFAULT 0 NOT NULL,
	"people" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "incidents_caused" CHECK (cardinality("incidents"."causes") > 0),
	CONSTRAINT "incidents_order" CHECK ("incidents"."closed_at" is null or "incidents"."closed_at" >= "incidents"."opened_at")
);
--> statement-breakpoint
CREATE TABLE "probe_hours" (
	"probe" text NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"bucket" smallint NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "probe_hours_pkey" PRIMARY KEY("hour","probe","bucket"),
	CONSTRAINT "probe_hours_counted" CHECK ("probe_hours"."count" > 0 and "probe_hours"."bucket" >= -1)
);
--> statement-breakpoint
CREATE TABLE "probe_standings" (
	"probe" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"cause" text,
	"status" smallint,
	"latency_ms" integer,
	"since" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_open_key" ON "incidents" USING btree ("part") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "incidents_opened" ON "incidents" USING btree ("opened_at" DESC NULLS LAST);--> statement-breakpoint
-- Trouble at the API was an event of its own; it is an incident of the part "api" from here on.
UPDATE "notification_targets" SET "events" = array_replace(array_replace("events", 'api.trouble', 'incident.opened'), 'api.recovered', 'incident.closed');--> statement-breakpoint
UPDATE "notification_events" SET "type" = 'incident.opened', "data" = jsonb_build_object('incidentId', "id", 'part', 'api', 'causes', '[]'::jsonb, 'operations', '[]'::jsonb, 'since', "at") WHERE "type" = 'api.trouble';--> statement-breakpoint
UPDATE "notification_events" SET "type" = 'incident.closed', "data" = jsonb_build_object('incidentId', "id", 'part', 'api', 'causes', '[]'::jsonb, 'operations', '[]'::jsonb, 'since', "data"->'since', 'until', "at", 'logins', 0, 'people', 0) WHERE "type" = 'api.recovered';--> statement-breakpoint
DELETE FROM "notification_alarms" WHERE "subject" = 'api';
