ALTER TABLE "proposals" ADD COLUMN "seen_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "notice_id" text COLLATE "C";