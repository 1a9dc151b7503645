CREATE TABLE "application_key_uses" (
	"key_id" uuid NOT NULL,
	"minute" timestamp (3) with time zone NOT NULL,
	"calls" integer NOT NULL,
	"most_per_second" integer NOT NULL,
	CONSTRAINT "application_key_uses_pkey" PRIMARY KEY("key_id","minute")
);
--> statement-breakpoint
ALTER TABLE "application_keys" ADD COLUMN "created_by" uuid;--> statement-breakpoint
ALTER TABLE "application_keys" ADD COLUMN "stored_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "application_keys" ADD COLUMN "first_used_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "application_keys" ADD COLUMN "last_used_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "application_keys" ADD COLUMN "ends_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "application_keys" ADD COLUMN "replaced_by" uuid;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "application_key_uses" ADD CONSTRAINT "application_key_uses_key_id_application_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."application_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_keys" ADD CONSTRAINT "application_keys_replaced_by_application_keys_id_fk" FOREIGN KEY ("replaced_by") REFERENCES "public"."application_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "application_keys_live" ON "application_keys" USING btree ("application_id") WHERE revoked_at is null;--> statement-breakpoint
ALTER TABLE "application_keys" ADD CONSTRAINT "application_keys_end_has_successor" CHECK (("application_keys"."ends_at" is null) = ("application_keys"."replaced_by" is null));--> statement-breakpoint
-- The verbs ask first; this holds where two of them ask at once. The application's row is locked, so that the count is true.
CREATE FUNCTION keep_two_live_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM 1 FROM applications WHERE id = NEW.application_id FOR UPDATE;
	IF (SELECT count(*) FROM application_keys WHERE application_id = NEW.application_id AND revoked_at IS NULL AND id <> NEW.id) >= 2 THEN
		RAISE EXCEPTION 'an application has two live keys at most'
			USING ERRCODE = 'check_violation', CONSTRAINT = 'application_keys_two_live';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER application_keys_two_live BEFORE INSERT OR UPDATE OF application_id, revoked_at ON "application_keys" FOR EACH ROW WHEN (NEW.revoked_at IS NULL) EXECUTE FUNCTION keep_two_live_keys();
