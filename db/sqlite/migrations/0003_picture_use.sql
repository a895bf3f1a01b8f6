ALTER TABLE `pictures` ADD `used_at_ms` integer;--> statement-breakpoint
CREATE INDEX `pictures_unused` ON `pictures` (`village_id`,`used_at_ms`,`created_at_ms`);