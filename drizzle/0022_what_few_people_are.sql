CREATE INDEX "people_custom_id_folded_end" ON "people" USING btree (reverse("custom_id_folded") text_pattern_ops);--> statement-breakpoint
CREATE INDEX "people_not_enrolled" ON "people" USING btree ("status","enrolled_at" DESC NULLS LAST,"id") WHERE status <> 'enrolled';--> statement-breakpoint
CREATE INDEX "people_paused_until" ON "people" USING btree ("paused_until") WHERE paused_until is not null;--> statement-breakpoint
CREATE INDEX "people_with_fingers" ON "people" USING btree ("enrolled_at" DESC NULLS LAST,"id") WHERE cardinality(fingers_enrolled) > 0;--> statement-breakpoint
CREATE INDEX "people_with_nothing" ON "people" USING btree ("enrolled_at" DESC NULLS LAST,"id") WHERE not face_enrolled and cardinality(fingers_enrolled) = 0;--> statement-breakpoint
-- What names a person shall not outlive its row in PostgreSQL's statistics, a reversed CustomID neither.
ALTER INDEX "people_custom_id_folded_end" ALTER COLUMN 1 SET STATISTICS 0;
