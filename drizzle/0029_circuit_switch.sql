CREATE TABLE "circuit_switches" (
	"version" integer PRIMARY KEY NOT NULL,
	"held_until" timestamp (3) with time zone,
	"reason" text NOT NULL,
	"changed_by" uuid,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "gateways" ADD COLUMN "circuit_version" integer;