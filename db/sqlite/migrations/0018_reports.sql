CREATE TABLE `reports` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`number` integer NOT NULL,
	`kind` text NOT NULL,
	`reporter_id` text NOT NULL,
	`household_id` text NOT NULL,
	`rule_id` text NOT NULL,
	`rule_version` integer NOT NULL,
	`effective_on` text NOT NULL,
	`words` text NOT NULL,
	`salt` text,
	`reported_at_ms` integer NOT NULL,
	`state` text NOT NULL,
	`proposal_id` text,
	`checked_by` text,
	`checked_at_ms` integer,
	`reason` text NOT NULL,
	`step_salt` text,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reports_number` ON `reports` (`village_id`,`number`);--> statement-breakpoint
CREATE INDEX `reports_by_state` ON `reports` (`village_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `reports_by_reporter` ON `reports` (`village_id`,`reporter_id`,`id`);--> statement-breakpoint
CREATE INDEX `reports_by_household` ON `reports` (`village_id`,`household_id`,`id`);--> statement-breakpoint
CREATE INDEX `reports_by_proposal` ON `reports` (`village_id`,`proposal_id`);