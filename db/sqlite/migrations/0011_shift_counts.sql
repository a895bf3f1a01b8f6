CREATE TABLE `shift_counts` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`kiosk_id` text NOT NULL,
	`shift_id` text NOT NULL,
	`phase` text NOT NULL,
	`answers_id` text,
	`taken_at_ms` integer NOT NULL,
	`kept_at_ms` integer NOT NULL,
	`without_network` integer NOT NULL,
	`lines` text NOT NULL,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `shift_counts_by_kiosk` ON `shift_counts` (`village_id`,`kiosk_id`,`taken_at_ms`);--> statement-breakpoint
CREATE INDEX `shift_counts_by_time` ON `shift_counts` (`village_id`,`kept_at_ms`);--> statement-breakpoint
CREATE UNIQUE INDEX `shift_counts_once` ON `shift_counts` (`village_id`,`shift_id`,`phase`);