ALTER TABLE `goods` ADD `base_price` integer;--> statement-breakpoint
ALTER TABLE `goods` ADD `base_price_on` text;