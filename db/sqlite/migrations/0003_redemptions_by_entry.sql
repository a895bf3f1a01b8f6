PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_redemptions` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`household_id` text NOT NULL,
	`kiosk_id` text NOT NULL,
	`volunteer_id` text NOT NULL,
	`shift_id` text NOT NULL,
	`points` integer NOT NULL,
	`cost_fen` integer NOT NULL,
	`effective_on` text NOT NULL,
	`booked_at_ms` integer NOT NULL,
	`journal_number` integer NOT NULL,
	PRIMARY KEY(`village_id`, `journal_number`)
);
--> statement-breakpoint
INSERT INTO `__new_redemptions`("village_id", "id", "household_id", "kiosk_id", "volunteer_id", "shift_id", "points", "cost_fen", "effective_on", "booked_at_ms", "journal_number") SELECT "village_id", "id", "household_id", "kiosk_id", "volunteer_id", "shift_id", "points", "cost_fen", "effective_on", "booked_at_ms", "journal_number" FROM `redemptions`;--> statement-breakpoint
DROP TABLE `redemptions`;--> statement-breakpoint
ALTER TABLE `__new_redemptions` RENAME TO `redemptions`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `redemptions_by_kiosk` ON `redemptions` (`village_id`,`kiosk_id`,`journal_number`);--> statement-breakpoint
CREATE INDEX `redemptions_by_shift` ON `redemptions` (`village_id`,`shift_id`);--> statement-breakpoint
CREATE INDEX `redemptions_by_household` ON `redemptions` (`village_id`,`household_id`,`effective_on`);--> statement-breakpoint
CREATE UNIQUE INDEX `redemptions_id` ON `redemptions` (`village_id`,`id`);