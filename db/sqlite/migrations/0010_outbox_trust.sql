ALTER TABLE `shifts` ADD `by_device` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox_devices` ADD `confirmed_at_ms` integer;--> statement-breakpoint
ALTER TABLE `outbox_devices` ADD `confirmed_by` text;--> statement-breakpoint
ALTER TABLE `outbox_devices` ADD `clock_offset_ms` integer;--> statement-breakpoint
ALTER TABLE `outbox_devices` ADD `alarmed_at_ms` integer;--> statement-breakpoint
ALTER TABLE `outbox_rows` ADD `is_self_told` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox_rows` ADD `amount` integer;--> statement-breakpoint
CREATE INDEX `outbox_rows_declined` ON `outbox_rows` (`village_id`,`device_id`,`received_at_ms`) WHERE "outbox_rows"."answer" = 'declined';--> statement-breakpoint
CREATE INDEX `outbox_rows_here` ON `outbox_rows` (`village_id`,`device_id`,`received_at_ms`) WHERE "outbox_rows"."done_how" = 'here';