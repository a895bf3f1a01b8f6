ALTER TABLE `rule_versions` ADD `effective_from` text DEFAULT '1970-01-01' NOT NULL;--> statement-breakpoint
ALTER TABLE `rule_versions` ADD `decided_by` text;--> statement-breakpoint
ALTER TABLE `rule_versions` ADD `decided_on` text;--> statement-breakpoint
ALTER TABLE `rule_versions` ADD `filed_on` text;--> statement-breakpoint
ALTER TABLE `rule_versions` ADD `withdrawn_by` text;--> statement-breakpoint
ALTER TABLE `rule_versions` ADD `withdrawn_at_ms` integer;--> statement-breakpoint
UPDATE `rule_versions` SET `effective_from` = date(`changed_at_ms` / 1000 + 28800, 'unixepoch');
