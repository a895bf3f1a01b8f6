CREATE TABLE `setup_notes` (
	`village_id` text NOT NULL,
	`step` text NOT NULL,
	`staff_id` text NOT NULL,
	`noted_at_ms` integer NOT NULL,
	PRIMARY KEY(`village_id`, `step`)
);
--> statement-breakpoint
CREATE TABLE `pin_slips` (
	`village_id` text NOT NULL,
	`household_id` text NOT NULL,
	`made_by` text NOT NULL,
	`made_at_ms` integer NOT NULL,
	`sealed` text NOT NULL,
	PRIMARY KEY(`village_id`, `household_id`)
);
--> statement-breakpoint
CREATE INDEX `pin_slips_by_maker` ON `pin_slips` (`village_id`,`made_by`,`made_at_ms`);