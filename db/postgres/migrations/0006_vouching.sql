ALTER TABLE "households" ADD COLUMN "pin_set_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "volunteers" ADD COLUMN "confirmed_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "volunteers" ADD COLUMN "unconfirmed_by" text COLLATE "C";