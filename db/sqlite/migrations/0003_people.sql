ALTER TABLE `villages` ADD `opened_at_ms` integer;--> statement-breakpoint
ALTER TABLE `staff` ADD `confirmed_at_ms` integer;--> statement-breakpoint
ALTER TABLE `staff` ADD `unconfirmed_by` text;--> statement-breakpoint
ALTER TABLE `staff` ADD `unconfirmed_since_ms` integer;