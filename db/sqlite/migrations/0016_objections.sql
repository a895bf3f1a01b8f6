CREATE TABLE `objections` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`number` integer NOT NULL,
	`kind` text NOT NULL,
	`channel` text NOT NULL,
	`proposal_id` text,
	`entry_number` integer,
	`notice_id` text,
	`household_id` text,
	`name` text NOT NULL,
	`words` text NOT NULL,
	`salt` text,
	`state` text NOT NULL,
	`outcome` text,
	`received_by` text,
	`received_at_ms` integer NOT NULL,
	`due_on` text NOT NULL,
	`answered_at_ms` integer,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `objections_number` ON `objections` (`village_id`,`number`);--> statement-breakpoint
CREATE INDEX `objections_by_state` ON `objections` (`village_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `objections_by_deed` ON `objections` (`village_id`,`proposal_id`);--> statement-breakpoint
CREATE INDEX `objections_by_notice` ON `objections` (`village_id`,`notice_id`);--> statement-breakpoint
CREATE INDEX `objections_by_household` ON `objections` (`village_id`,`household_id`,`id`);--> statement-breakpoint
CREATE TABLE `objection_events` (
	`village_id` text NOT NULL,
	`objection_id` text NOT NULL,
	`step` integer NOT NULL,
	`from_state` text,
	`to_state` text NOT NULL,
	`outcome` text,
	`actor_id` text,
	`reason` text NOT NULL,
	`salt` text,
	`at_ms` integer NOT NULL,
	PRIMARY KEY(`village_id`, `objection_id`, `step`)
);
--> statement-breakpoint
ALTER TABLE `proposals` ADD `open_objections` integer;