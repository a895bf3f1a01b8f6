ALTER TABLE "volunteers" ADD COLUMN "household_ids" json;--> statement-breakpoint
ALTER TABLE "shifts" ADD COLUMN "used_at_ms" bigint;