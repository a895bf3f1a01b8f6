DROP INDEX `proposals_by_rule`;--> statement-breakpoint
CREATE INDEX `proposals_by_rule` ON `proposals` (`village_id`,`rule_id`,`household_id`,`effective_on`);