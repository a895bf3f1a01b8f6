CREATE TABLE `changes` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`operation` text NOT NULL,
	`household_id` text,
	`input` text,
	`told` text,
	`salt` text,
	`reason` text NOT NULL,
	`state` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at_ms` integer NOT NULL,
	`decided_by` text,
	`decided_at_ms` integer,
	`note` text,
	`used_at_ms` integer,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `changes_by_household` ON `changes` (`village_id`,`household_id`);--> statement-breakpoint
CREATE INDEX `changes_waiting` ON `changes` (`village_id`,`id`) WHERE "changes"."state" = 'waiting';--> statement-breakpoint
ALTER TABLE `households` ADD `pin_set_at_ms` integer;--> statement-breakpoint
ALTER TABLE `goods` ADD `base_price` integer;--> statement-breakpoint
ALTER TABLE `goods` ADD `base_price_on` text;--> statement-breakpoint
ALTER TABLE `volunteers` ADD `confirmed_at_ms` integer;--> statement-breakpoint
ALTER TABLE `volunteers` ADD `unconfirmed_by` text;