CREATE TABLE `changes` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`operation` text NOT NULL,
	`household_id` text,
	`input` text,
	`told` text,
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
CREATE INDEX `changes_waiting` ON `changes` (`village_id`,`id`) WHERE "changes"."state" = 'waiting';