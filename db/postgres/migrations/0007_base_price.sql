ALTER TABLE "goods" ADD COLUMN "base_price" bigint;--> statement-breakpoint
ALTER TABLE "goods" ADD COLUMN "base_price_on" text COLLATE "C";