CREATE TABLE `returns` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`redemption_number` integer NOT NULL,
	`household_id` text NOT NULL,
	`kiosk_id` text,
	`shift_id` text,
	`actor_id` text NOT NULL,
	`points` integer NOT NULL,
	`cost_fen` integer NOT NULL,
	`effective_on` text NOT NULL,
	`booked_at_ms` integer NOT NULL,
	`journal_number` integer NOT NULL,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `returns_by_redemption` ON `returns` (`village_id`,`redemption_number`);--> statement-breakpoint
CREATE INDEX `returns_by_day` ON `returns` (`village_id`,`effective_on`);--> statement-breakpoint
CREATE TABLE `return_lines` (
	`village_id` text NOT NULL,
	`journal_number` integer NOT NULL,
	`line` integer NOT NULL,
	`goods_id` text NOT NULL,
	`quantity` integer NOT NULL,
	`cost_fen` integer NOT NULL,
	PRIMARY KEY(`village_id`, `journal_number`, `line`)
);
--> statement-breakpoint
CREATE TABLE `print_jobs` (
	`village_id` text NOT NULL,
	`kiosk_id` text NOT NULL,
	`key` text NOT NULL,
	`redemption_id` text,
	`asked_at_ms` integer NOT NULL,
	`outcome` text,
	PRIMARY KEY(`village_id`, `kiosk_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `journal_returns` ON `journal` (`village_id`,`source`) WHERE "journal"."kind" = 'return';