ALTER TABLE `proposals` ADD `seen_at_ms` integer;--> statement-breakpoint
ALTER TABLE `proposals` ADD `notice_id` text;