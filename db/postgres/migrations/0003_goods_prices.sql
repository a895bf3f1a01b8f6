ALTER TABLE "goods" ADD COLUMN "next_price" bigint;--> statement-breakpoint
ALTER TABLE "goods" ADD COLUMN "next_price_from" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "goods" ADD COLUMN "former_price" bigint;--> statement-breakpoint
ALTER TABLE "goods" ADD COLUMN "price_since" text COLLATE "C";