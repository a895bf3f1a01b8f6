ALTER TABLE `volunteers` ADD `household_ids` text;--> statement-breakpoint
ALTER TABLE `shifts` ADD `used_at_ms` integer;