CREATE TABLE `outbox_devices` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`kiosk_id` text NOT NULL,
	`key_x` text,
	`key_y` text,
	`registered_at_ms` integer NOT NULL,
	`heard_at_ms` integer NOT NULL,
	`empty_at_ms` integer,
	`broken_at_ms` integer,
	`written_off_at_ms` integer,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `outbox_devices_by_kiosk` ON `outbox_devices` (`village_id`,`kiosk_id`,`registered_at_ms`);--> statement-breakpoint
CREATE TABLE `outbox_rows` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`device_id` text NOT NULL,
	`key` text NOT NULL,
	`number` integer NOT NULL,
	`kind` text NOT NULL,
	`body` text,
	`household_id` text,
	`shift_id` text NOT NULL,
	`at_ms` integer NOT NULL,
	`offset_ms` integer,
	`made_at_ms` integer NOT NULL,
	`copy_number` integer,
	`before` text NOT NULL,
	`hash` text NOT NULL,
	`signature` text NOT NULL,
	`done_how` text NOT NULL,
	`done_at_ms` integer,
	`done_entry` integer,
	`done_signature` text,
	`carried_by` text NOT NULL,
	`received_at_ms` integer NOT NULL,
	`answer` text NOT NULL,
	`code` text,
	`params` text NOT NULL,
	`marks` text NOT NULL,
	`is_marked` integer NOT NULL,
	`entry_number` integer,
	`thing_id` text,
	`settled_at_ms` integer,
	`settled_by` text,
	`remark` text,
	PRIMARY KEY(`village_id`, `device_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `outbox_rows_by_number` ON `outbox_rows` (`village_id`,`device_id`,`number`);--> statement-breakpoint
CREATE INDEX `outbox_rows_open` ON `outbox_rows` (`village_id`,`id`) WHERE "outbox_rows"."is_marked" and "outbox_rows"."settled_at_ms" is null;--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_rows_id` ON `outbox_rows` (`village_id`,`id`);