ALTER TABLE `goods` ADD `next_price` integer;--> statement-breakpoint
ALTER TABLE `goods` ADD `next_price_from` text;--> statement-breakpoint
ALTER TABLE `goods` ADD `former_price` integer;--> statement-breakpoint
ALTER TABLE `goods` ADD `price_since` text;