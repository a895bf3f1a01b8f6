ALTER TABLE `households` ADD `pin_set_at_ms` integer;--> statement-breakpoint
ALTER TABLE `volunteers` ADD `confirmed_at_ms` integer;--> statement-breakpoint
ALTER TABLE `volunteers` ADD `unconfirmed_by` text;