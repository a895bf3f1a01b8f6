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
CREATE INDEX `pin_slips_by_maker` ON `pin_slips` (`village_id`,`made_by`,`made_at_ms`);--> statement-breakpoint
CREATE TABLE `donations` (
	`village_id` text NOT NULL,
	`journal_number` integer NOT NULL,
	`goods_id` text NOT NULL,
	`donor` text NOT NULL,
	`is_named` integer NOT NULL,
	`effective_on` text NOT NULL,
	PRIMARY KEY(`village_id`, `journal_number`)
);
--> statement-breakpoint
CREATE INDEX `donations_by_day` ON `donations` (`village_id`,`effective_on`);--> statement-breakpoint
ALTER TABLE `households` ADD `original_number` text;--> statement-breakpoint
ALTER TABLE `households` ADD `original_key` text;--> statement-breakpoint
CREATE INDEX `households_by_original` ON `households` (`village_id`,`original_key`);--> statement-breakpoint
ALTER TABLE `goods` ADD `next_price` integer;--> statement-breakpoint
ALTER TABLE `goods` ADD `next_price_from` text;--> statement-breakpoint
ALTER TABLE `goods` ADD `former_price` integer;--> statement-breakpoint
ALTER TABLE `goods` ADD `price_since` text;--> statement-breakpoint
ALTER TABLE `goods` ADD `chosen_drawing` text;