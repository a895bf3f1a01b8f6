CREATE TABLE `reminders` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`number` integer NOT NULL,
	`household_id` text NOT NULL,
	`rule_id` text NOT NULL,
	`words` text NOT NULL,
	`salt` text,
	`seen_on` text NOT NULL,
	`due_on` text NOT NULL,
	`made_by` text NOT NULL,
	`made_at_ms` integer NOT NULL,
	`delivered_on` text,
	`delivered_way` text,
	`ended` text,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reminders_number` ON `reminders` (`village_id`,`number`);--> statement-breakpoint
CREATE INDEX `reminders_by_household` ON `reminders` (`village_id`,`household_id`,`rule_id`);--> statement-breakpoint
CREATE TABLE `deduction_terms` (
	`village_id` text NOT NULL,
	`proposal_id` text NOT NULL,
	`reminder_id` text NOT NULL,
	`told_of` integer,
	`told_way` text,
	`answer_until` text,
	`agreed_of` integer,
	PRIMARY KEY(`village_id`, `proposal_id`)
);
--> statement-breakpoint
CREATE INDEX `deduction_terms_by_reminder` ON `deduction_terms` (`village_id`,`reminder_id`);--> statement-breakpoint
CREATE TABLE `workdays` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`title` text NOT NULL,
	`day` text NOT NULL,
	`from_clock` text NOT NULL,
	`until_clock` text NOT NULL,
	`place` text NOT NULL,
	`rule_id` text NOT NULL,
	`most` integer,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`announced_by` text NOT NULL,
	`announced_at_ms` integer NOT NULL,
	`closed_by` text,
	`closed_at_ms` integer,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `workdays_by_day` ON `workdays` (`village_id`,`state`,`day`);--> statement-breakpoint
CREATE TABLE `attendances` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`workday_id` text NOT NULL,
	`household_id` text NOT NULL,
	`member` text NOT NULL,
	`way` text NOT NULL,
	`in_at_ms` integer,
	`out_at_ms` integer,
	`minutes` integer,
	`hours_reason` text NOT NULL,
	`is_late` integer NOT NULL,
	`late_reason` text NOT NULL,
	`is_left_out` integer NOT NULL,
	`left_out_reason` text NOT NULL,
	`in_by` text NOT NULL,
	`hours_by` text,
	`agreed_by` text,
	`batch_id` text,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `attendances_by_workday` ON `attendances` (`village_id`,`workday_id`,`id`);--> statement-breakpoint
CREATE INDEX `attendances_by_household` ON `attendances` (`village_id`,`household_id`,`id`);--> statement-breakpoint
ALTER TABLE `proposals` ADD `attendance` text;