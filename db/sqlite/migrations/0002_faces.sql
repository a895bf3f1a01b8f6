CREATE TABLE `pictures` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`purpose` text NOT NULL,
	`media_type` text NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`sha256` text NOT NULL,
	`bytes` blob NOT NULL,
	`created_by` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
ALTER TABLE `cards` ADD `printed_at_ms` integer;--> statement-breakpoint
ALTER TABLE `goods` ADD `picture_id` text;--> statement-breakpoint
ALTER TABLE `households` ADD `shows_name` integer;--> statement-breakpoint
ALTER TABLE `households` ADD `goal_goods_id` text;--> statement-breakpoint
ALTER TABLE `households` ADD `closed_at_ms` integer;--> statement-breakpoint
ALTER TABLE `households` ADD `successor_id` text;--> statement-breakpoint
ALTER TABLE `proposals` ADD `picture_ids` text;--> statement-breakpoint
ALTER TABLE `proposals` ADD `change` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `device` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `helper` text;