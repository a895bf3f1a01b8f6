ALTER TABLE `rule_versions` ADD `caps` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
UPDATE `rule_versions` SET `caps` = json_array(json_object('period', `limit_period`, 'scope', 'household', 'times', `limit_times`, 'points', `limit_points`)) WHERE `limit_period` IS NOT NULL AND (`limit_times` IS NOT NULL OR `limit_points` IS NOT NULL);--> statement-breakpoint
ALTER TABLE `rule_versions` DROP COLUMN `limit_period`;--> statement-breakpoint
ALTER TABLE `rule_versions` DROP COLUMN `limit_times`;--> statement-breakpoint
ALTER TABLE `rule_versions` DROP COLUMN `limit_points`;--> statement-breakpoint
ALTER TABLE `proposals` ADD `member` text;--> statement-breakpoint
ALTER TABLE `proposals` ADD `event` text;
