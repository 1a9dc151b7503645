-- The parts run as a role that owns no table: what makes and drops partitions does so with the rights of its owner, finds
-- nothing but the product's own tables, and is granted to that role by name (db/grant-application.ts).
ALTER FUNCTION make_event_partitions(date, date) SECURITY DEFINER SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION drop_event_partitions(date) SECURITY DEFINER SET search_path = public, pg_temp;--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION make_event_partitions(date, date), drop_event_partitions(date) FROM PUBLIC;
