ALTER TABLE "villages" ADD COLUMN "opened_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "confirmed_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "unconfirmed_by" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "unconfirmed_since_ms" bigint;