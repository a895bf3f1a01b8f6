ALTER TABLE "pictures" ADD COLUMN "used_at_ms" bigint;--> statement-breakpoint
CREATE INDEX "pictures_unused" ON "pictures" USING btree ("village_id","used_at_ms","created_at_ms");