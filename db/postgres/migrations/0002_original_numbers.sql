ALTER TABLE "households" ADD COLUMN "original_number" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "households" ADD COLUMN "original_key" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "households_by_original" ON "households" USING btree ("village_id","original_key");