ALTER TABLE `households` ADD `original_number` text;--> statement-breakpoint
ALTER TABLE `households` ADD `original_key` text;--> statement-breakpoint
CREATE INDEX `households_by_original` ON `households` (`village_id`,`original_key`);